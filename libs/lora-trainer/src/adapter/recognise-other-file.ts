import type { AdapterFinding } from './adapter-report.ts';
import { describeFinding } from './describe-finding.ts';

const convert = 'pickles run code when they are read, and are refused: get the adapter as .safetensors';

/** How files begin that are taken for adapters (bytes in hexadecimal), what they are, and what to do. */
const binary: readonly (readonly [start: RegExp, what: string, hint: string])[] = [
  [/^504b0304/, 'a zip archive, as PyTorch writes .pt and .ckpt files', convert],
  [/^800[2-5]/, 'a Python pickle', convert],
  [/^47475546/, 'a GGUF model', 'name a .safetensors file with an adapter'],
  [/^1f8b/, 'a gzip archive', 'unpack it'],
];
const texts: typeof binary = [
  [/^version https:\/\/git-lfs/, 'a Git LFS pointer, not the file that it stands for', 'git lfs pull'],
  [/^\s*<(!doctype|html|\?xml)/i, 'a web page, perhaps an error of the server', 'download the file itself again'],
];

/** What a file is that is no safetensors file, from its first bytes; null when they tell nothing. */
export function recogniseOtherFile(start: Uint8Array): AdapterFinding | null {
  const bytes = Buffer.from(start);
  const known =
    binary.find(([pattern]) => pattern.test(bytes.toString('hex'))) ??
    texts.find(([pattern]) => pattern.test(bytes.toString('latin1')));
  return known === undefined ? null : describeFinding('not-safetensors', `it is ${known[1]}`, known[2]);
}
