import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PixelEngine } from '../src/engine/pixel-engine.ts';
import type { EmbeddedServerOptions } from '../src/server/server-options.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../src/server/start-server.ts';
import { ArithmeticEngine } from './arithmetic-engine.ts';

/** A directory that goes when the test ends. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'comfy-embedded-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A server on a free port that closes when the test ends. */
export async function openTestServer(
  options: Partial<EmbeddedServerOptions> & { readonly engine?: PixelEngine } = {},
): Promise<EmbeddedServer & { readonly outputDirectory: string }> {
  const outputDirectory = options.outputDirectory ?? (await temporaryDirectory());
  const server = await startEmbeddedServer({ engine: new ArithmeticEngine(), ...options, outputDirectory });
  onTestFinished(() => server.close());
  return { ...server, outputDirectory };
}
