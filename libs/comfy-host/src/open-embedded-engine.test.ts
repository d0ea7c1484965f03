import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getSystemStats } from '@dgx-pixels/comfy-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTemplate } from '../test/template.ts';
import { checkServer } from './check-server.ts';
import { engineInfoOf } from './engine-handle.ts';
import { openEngine } from './open-engine.ts';

let outputDirectory: string;
let temporaryFolder: string;
const systemFolder = process.env['TMPDIR'];

beforeEach(async () => {
  outputDirectory = await mkdtemp(join(tmpdir(), 'dgx-pixels-host-test-'));
  // A temporary folder of our own, so that what is left behind can be told from what others are doing.
  temporaryFolder = await mkdtemp(join(tmpdir(), 'dgx-pixels-host-test-'));
  process.env['TMPDIR'] = temporaryFolder;
});

afterEach(async () => {
  if (systemFolder === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = systemFolder;
  await rm(outputDirectory, { recursive: true, force: true });
  await rm(temporaryFolder, { recursive: true, force: true });
});

/** What the engine made in there; the source loader keeps its cache there too. */
const made = async (): Promise<string[]> => (await readdir(temporaryFolder)).filter((name) => !name.startsWith('tsx-'));

describe('openEngine with the bundled model', () => {
  it('draws the image that the template asks for, and ends with close', async () => {
    const engine = await openEngine({ kind: 'embedded', outputDirectory });
    try {
      const recipe = { steps: 2, width: 128, height: 128 };
      const { payload } = await checkServer(engine, { workflow: await readTemplate(), recipe });
      expect(payload.checks.filter((statement) => !statement.passed)).toEqual([]);
      expect(payload.startMs).toBeGreaterThan(0);
      expect(payload.checkpoints).toEqual(['pixel-sprites.safetensors']);
      expect(engineInfoOf(engine)).toEqual({
        kind: 'embedded',
        version: payload.system.comfyuiVersion,
        argvSha256: null,
        modelSha256: engine.modelSha256,
      });
      expect(engine.modelSha256[0]).toMatch(/^[0-9a-f]{64}$/);
      expect(engine.processId).toBe(process.pid);
      expect(await readdir(outputDirectory)).toHaveLength(1);
    } finally {
      await engine.close();
    }
    await engine.close();
    await expect(getSystemStats(engine.client)).rejects.toMatchObject({ code: 'COMFY_UNREACHABLE' });
    expect(await readdir(outputDirectory)).toHaveLength(1);
  });

  it('makes a folder when it is given none, and removes it', async () => {
    const engine = await openEngine({ kind: 'embedded' });
    expect((await made()).filter((name) => name.startsWith('dgx-pixels-engine-'))).toHaveLength(1);
    await engine.close();
    expect(await made()).toEqual([]);
  });

  it('leaves nothing behind when there is no model', async () => {
    const opening = openEngine({ kind: 'embedded', modelDirectory: outputDirectory });
    await expect(opening).rejects.toMatchObject({ code: 'ENGINE_MODEL_MISSING' });
    expect(await made()).toEqual([]);
  });
});
