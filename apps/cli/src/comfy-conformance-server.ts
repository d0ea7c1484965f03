import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { ComfyConformanceError } from '@dgx-pixels/comfy-conformance';
import { makeTemporaryFolder, openPixelEngine, startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { ComfyHostError, isLoopbackHost } from '@dgx-pixels/comfy-host';
import { CliError } from './errors.ts';

/** The server that is checked. */
export interface CheckedServer {
  readonly kind: 'embedded' | 'comfyui';
  readonly url: string;
  readonly modelSha256: readonly string[];
  /** Undefined if nobody told how. */
  readonly restart: (() => Promise<void>) | undefined;
  close(): Promise<void>;
}

const restartTimeoutMs = 120_000;

/**
 * The server that the user named (`url`, else DGX_PIXELS_COMFY_URL), else an embedded one that sends previews.
 *
 * @throws ComfyHostError ENGINE_HOST_REMOTE_REFUSED; CliError CLI_USAGE; errors of the embedded engine
 */
export async function openCheckedServer(
  { url: named, restartCommand }: { readonly url?: string; readonly restartCommand?: string },
  signal: AbortSignal,
): Promise<CheckedServer> {
  const url = named ?? process.env['DGX_PIXELS_COMFY_URL'];
  if (!url) {
    if (restartCommand === undefined) return openEmbedded(signal);
    throw new CliError('CLI_USAGE', 'the embedded server is restarted without --restart-command: leave it out');
  }
  if (URL.canParse(url) && !isLoopbackHost(new URL(url).hostname)) {
    throw new ComfyHostError('ENGINE_HOST_REMOTE_REFUSED', `${url.slice(0, 200)} is not an address of this host`);
  }
  const restart = restartCommand === undefined ? undefined : () => runRestart(restartCommand, signal);
  return { kind: 'comfyui', url, modelSha256: [], restart, close: () => Promise.resolve() };
}

async function openEmbedded(signal: AbortSignal): Promise<CheckedServer> {
  const folder = await makeTemporaryFolder('dgx-pixels-conformance');
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const engine = await openPixelEngine({ signal }).catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  const start = (port: number) => startEmbeddedServer({ engine, outputDirectory: folder, previews: true, port });
  let server = await start(0);
  return {
    kind: 'embedded',
    url: server.url,
    modelSha256: [engine.modelSha256],
    restart: async () => {
      await server.close();
      server = await start(server.port);
    },
    async close() {
      await server.close();
      await engine.close();
      await removeFolder();
    },
  };
}

/** Runs the user's own command in a shell and waits for its end. What it leaves in the background stays. */
async function runRestart(command: string, signal: AbortSignal): Promise<void> {
  const ended = await new Promise<string>((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: 'ignore', signal, timeout: restartTimeoutMs });
    child.once('error', reject);
    child.once('exit', (code, killed) => resolve(killed ?? `exit code ${String(code)}`));
  });
  if (ended === 'exit code 0') return;
  throw new ComfyConformanceError(
    'COMFY_CONFORMANCE_RESTART_FAILED',
    `the command to restart the server ended with ${ended}`,
  );
}
