import { fileURLToPath } from 'node:url';
import { readPngTexts, readPngWorkflow } from '@dgx-pixels/comfy-client';
import { decodePng } from '@dgx-pixels/comfy-embedded';
import { describeRaster, splitSheet } from '@dgx-pixels/pixel-art';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFlatServer } from '../../test/flat-server.ts';
import { startTamperingProxy } from '../../test/tampering-proxy.ts';
import { workspaceRoot } from '../../test/template.ts';
import type { EngineHandle } from '../engine-handle.ts';
import { openEngine } from '../open-engine.ts';
import { describeTemplateRun } from './describe-template-run.ts';
import { adaptersOf, listTemplates, loadTemplate, type LoadedTemplate } from './load-template.ts';
import { runTemplate, type TemplateRun } from './run-template.ts';

const root = fileURLToPath(workspaceRoot);
const templates: LoadedTemplate[] = [];
for (const name of await listTemplates(root)) templates.push(await loadTemplate(root, name));
let engine: EngineHandle;
/** A PNG of one black pixel. */
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', adapters: adaptersOf(templates) });
});

afterAll(() => engine.close());

const named = (name: string): LoadedTemplate => templates.find((loaded) => loaded.name === name)!;
const failed = ({ checks }: TemplateRun): string[] =>
  checks.flatMap(({ id, passed, detail }) => (passed ? [] : [`${id}: ${detail}`]));

describe('every template', () => {
  it.each(templates)('$name brings the pictures that it declares', async (loaded) => {
    const run = await runTemplate(engine, loaded, { fresh: true });
    expect(failed(run)).toEqual([]);
    expect(run.checks.map(({ id }) => id)).toContain('runsSamplerDecoderAndWriter');
    const { expected, graph } = run.request;
    const files = run.pictures?.files ?? [];
    expect(files).toHaveLength(expected.images);
    for (const file of files) {
      const sprite = await decodePng(file);
      const { transparentPixels, translucentPixels, colours } = describeRaster(sprite);
      expect([sprite.width, sprite.height]).toEqual([expected.width / 8, expected.height / 8]);
      expect(translucentPixels).toBe(0);
      expect(transparentPixels > 0).toBe(expected.transparent);
      expect(colours).toBeGreaterThan(1);
      expect(readPngWorkflow(file)).toEqual(graph);
      expect(readPngTexts(file).get('dgx-pixels')).toContain(engine.modelSha256[0]);
    }
    const { sheet = null } = run.pictures ?? {};
    expect(sheet !== null).toBe(expected.columns !== undefined);
    if (sheet !== null) {
      const frames = splitSheet(await decodePng(sheet), { width: expected.width / 8, height: expected.height / 8 });
      const sprites = await Promise.all(files.map((file) => decodePng(file)));
      expect(frames.slice(0, files.length).map(({ rgba }) => rgba)).toEqual(sprites.map(({ rgba }) => rgba));
    }
  });
});

describe('runTemplate', () => {
  it('brings the same pictures again, byte by byte', async () => {
    const [one, other] = [
      await runTemplate(engine, named('batch')),
      await runTemplate(engine, named('batch'), { fresh: true }),
    ];
    expect(other.pictures?.files).toEqual(one.pictures?.files);
    expect(other.pictures?.sheet).toEqual(one.pictures?.sheet);
  });

  it('follows its parameters', async () => {
    const values = { batchSize: 2, width: 256, seed: 2n ** 64n - 1n, steps: 2 };
    const run = await runTemplate(engine, named('txt2img'), { values, checkLooks: false });
    expect(failed(run)).toEqual([]);
    const { payload } = await describeTemplateRun(run, '');
    expect(payload.images.map(({ finished }) => [finished.width, finished.height])).toEqual([
      [32, 16],
      [32, 16],
    ]);
    expect(payload.parameters).toMatchObject({ seed: '18446744073709551615', width: 256, positive: 'a red bird' });
    expect(payload.looksChecked).toBe(false);
  });

  it('says what the server lacks, and sends nothing', async () => {
    const values = { lora: 'absent.safetensors', sampler: 'nowhere' };
    const run = await runTemplate(engine, named('lora'), { values });
    expect(run).toMatchObject({ job: null, pictures: null });
    expect(failed(run)).toEqual([expect.stringMatching(/lora_name.*sampler_name/)]);
    const { payload, artifacts } = await describeTemplateRun(run, '');
    expect(artifacts).toEqual([]);
    expect(payload).toMatchObject({ run: null, images: [], sheet: null });
    expect(payload.missing['run']).toContain('lora_name');
  });

  it('refuses bad values before anything is sent', async () => {
    await expect(runTemplate(engine, named('lora'), { values: { steps: 0, step: 3 } })).rejects.toMatchObject({
      code: 'COMFY_PARAMETER_INVALID',
      message: expect.stringMatching(/steps is 0.*no parameter "step"/) as string,
    });
  });

  it.each([
    ['is cut short', (body: Buffer) => body.subarray(0, body.length - 30), /IEND|end|cut|unpacked|CRC/],
    ['is no picture', () => Buffer.from('<html>'), /PNG|image/],
    ['is 1 × 1', () => Buffer.from(onePixel, 'base64'), /1 × 1 pixels instead of 128 × 128/],
  ])('writes down that a file of the server %s', async (_name, tamper, said) => {
    const server = await startFlatServer();
    const proxy = await startTamperingProxy(server.url, (path, body) =>
      path.startsWith('/view') ? tamper(body) : null,
    );
    const handle = await openEngine({ kind: 'url', url: proxy.url });
    try {
      const run = await runTemplate(handle, named('txt2img'), { values: { checkpoint: 'flat.safetensors' } });
      expect(run.pictures).toBeNull();
      expect(failed(run)).toEqual([expect.stringMatching(said)]);
    } finally {
      await proxy.close();
      await server.close();
    }
  });

  it('checks that the adapter has an effect', async () => {
    const run = await runTemplate(engine, named('lora-sweep'), { values: { secondStrength: 1 } });
    expect(failed(run)).toEqual(['picturesDiffer: 3 pictures, 2 different ones']);
  });
});
