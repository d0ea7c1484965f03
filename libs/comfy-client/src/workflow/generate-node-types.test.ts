import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type ObjectInfo, objectInfoSchema } from '../schema/object-info.ts';
import { generateNodeTypes } from './generate-node-types.ts';

/** Recorded from ComfyUI 0.3.64, without the choices of its machine. */
const recorded = new URL('../../../comfy-embedded/test/fixtures/object-info-0.3.64.json', import.meta.url);
const classes = objectInfoSchema.parse(JSON.parse(readFileSync(recorded, 'utf8')));
const node = (required: Record<string, unknown>, output: unknown[] = []): ObjectInfo[string] => ({
  input: { required },
  output,
  output_node: false,
});
const some: ObjectInfo = {
  ...classes,
  CheckpointLoaderSimple: node({ ckpt_name: [['pixel.safetensors', "it's.safetensors"]] }, ['MODEL', 'CLIP', 'VAE']),
  'Odd name */ class': node({ 'a-b': ['A,B', {}], any: ['*'], __proto__x: ['INT', { default: 1 }] }, ['*', ['x', 'y']]),
};

let folder = '';
beforeAll(async () => {
  // Inside the package, so that its own name resolves.
  folder = await mkdtemp(join(import.meta.dirname, '../../node_types-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Compiler messages for a generated module and a program that uses it. */
async function check(info: ObjectInfo, program: string): Promise<string[]> {
  const files = { 'nodes.ts': generateNodeTypes(info, 'a test'), 'program.ts': program };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const compiled = ts.createProgram([join(folder, 'program.ts')], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    customConditions: ['@dgx-pixels/source'],
    types: ['node'],
  });
  return ts
    .getPreEmitDiagnostics(compiled)
    .filter(({ file }) => file?.fileName.startsWith(folder) === true)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

const head = "import { createBuilder } from './nodes.ts';\nconst flow = createBuilder();\n";
const loader = "const loader = flow.add('CheckpointLoaderSimple', { ckpt_name: 'pixel.safetensors' });\n";

describe('generateNodeTypes', () => {
  it('type-checks, and lets right workflows pass', { timeout: 60_000 }, async () => {
    const program = `${head}${loader}
      const latent = flow.add('EmptyLatentImage', { width: 128, height: 128n, batch_size: 1 });
      const text = flow.add('CLIPTextEncode', { clip: loader.output(1), text: 'a bird' });
      const count = flow.add('PrimitiveInt', { value: 4 });
      flow.add('RepeatLatentBatch', { samples: latent.output(0), amount: count.output(0) }, 'Repeat');
      const odd = flow.add('Odd name */ class', { 'a-b': { nodeId: '1', slot: 0, type: 'B' }, any: text.output(0), __proto__x: 1 });
      flow.add('VAEDecode', { samples: odd.output(0), vae: loader.output(2) });`;
    expect(await check(some, program)).toEqual([]);
  });

  it.each([
    ['an unknown class', "flow.add('Nowhere', {});", 'Nowhere'],
    ['a model that is not there', "flow.add('CheckpointLoaderSimple', { ckpt_name: 'other.ckpt' });", 'other.ckpt'],
    [
      'a link of another type',
      `${loader}flow.add('VAEDecode', { samples: loader.output(0), vae: loader.output(2) });`,
      'MODEL',
    ],
    ['a missing input', "flow.add('EmptyLatentImage', { width: 8, height: 8 });", 'batch_size'],
    ['an output that is not there', `${loader}loader.output(3);`, "'3'"],
  ])('refuses %s', { timeout: 60_000 }, async (_name, line, said) => {
    expect((await check(some, head + line)).join('\n')).toContain(said);
  });

  it('gives the same text whatever the order of the classes', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(some), { minLength: Object.keys(some).length }), (entries) => {
        expect(generateNodeTypes(Object.fromEntries(entries), 'a test')).toBe(generateNodeTypes(some, 'a test'));
      }),
      { numRuns: 10 },
    );
  });

  it('stays a module, whatever a server names its things', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const input = fc.oneof(
      fc.tuple(fc.array(text)),
      fc.tuple(fc.constantFrom('INT', 'STRING', '*'), fc.record({ default: text })),
      fc.tuple(text),
    );
    const info = fc.dictionary(
      text,
      fc.tuple(fc.dictionary(text, input), fc.array(text)).map(([inputs, output]) => node(inputs, output)),
    );
    fc.assert(
      fc.property(info, text, (random, source) => {
        const { diagnostics } = ts.transpileModule(generateNodeTypes(random, source), { reportDiagnostics: true });
        expect(diagnostics).toEqual([]);
      }),
    );
  });
});
