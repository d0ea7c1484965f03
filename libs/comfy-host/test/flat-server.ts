import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import type { EmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { createFlatEngine } from './flat-engine.ts';

/** The embedded server over real sockets, around an engine without a model. */
export async function startFlatServer(): Promise<EmbeddedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-host-test-'));
  const server = await startEmbeddedServer({ engine: createFlatEngine(), outputDirectory: folder });
  return {
    ...server,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
