import type { Fault } from '../faults/fault.ts';
import type { DatasetManifest } from '../manifest/dataset-manifest.ts';
import { countClipTokens } from './clip-tokens.ts';

/** Tokens of a caption that CLIP reads at once, begin and end not counted. */
const clipTokens = 75;

/** What is wrong with the captions of a dataset. */
export async function checkCaptions({ images, trigger }: DatasetManifest): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const { name, caption } of images) {
    if (caption === null) {
      faults.push({ kind: 'caption-missing', path: name, message: 'it has no caption' });
      continue;
    }
    if (/[\p{Cc}\p{Cf}]/u.test(caption.text)) {
      faults.push({ kind: 'caption-has-controls', path: name, message: 'its caption holds control characters' });
    }
    if (trigger !== null && !caption.text.toLowerCase().includes(trigger)) {
      faults.push({ kind: 'caption-lacks-trigger', path: name, message: `"${trigger}" is not in it` });
    }
    const tokens = await countClipTokens(caption.text);
    if (tokens > clipTokens) faults.push({ kind: 'caption-too-long', path: name, message: `${tokens} tokens` });
  }
  return faults;
}
