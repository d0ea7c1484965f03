import type { PixelEngine } from '../engine/pixel-engine.ts';
import { EmbeddedServerError } from '../errors.ts';
import { ResultCache } from '../execution/result-cache.ts';
import type { JsonObject } from '../json/json-value.ts';
import { nodeClasses } from '../nodes/node-classes.ts';
import { acceptUpgrade } from './accept-upgrade.ts';
import { embeddedVersion } from './embedded-version.ts';
import { handleRequest } from './handle-request.ts';
import { createHttpServer, listenOnLoopback } from './http-server.ts';
import { openDirectories, type OpenDirectories } from './open-directories.ts';
import { PromptHistory } from './prompt-history.ts';
import { PromptQueue } from './prompt-queue.ts';
import { PromptWorker } from './prompt-worker.ts';
import { routeTable } from './route-table.ts';
import { queueInfo } from './server-context.ts';
import { readServerLimits, type ServerLimitOptions, type ServerLimits } from './server-limits.ts';
import { SocketHub } from './socket-hub.ts';

/** How to start the embedded server. */
export interface EmbeddedServerOptions {
  /** Stays open when the server closes. Absent: the bundled model's engine is opened, and closed with the server. */
  readonly engine?: PixelEngine;
  /** Always the loopback interface. */
  readonly host?: '127.0.0.1';
  /** 0 (default) takes a free port. */
  readonly port?: number;
  /** SaveImage writes here; made if absent. */
  readonly outputDirectory: string;
  /** PreviewImage writes here; by default a fresh directory that goes when the server closes. */
  readonly tempDirectory?: string;
  readonly limits?: ServerLimitOptions;
}

/** A running server. */
export interface EmbeddedServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** What `/system_stats` says as `comfyui_version`. */
  readonly version: string;
  readonly checkpointName: string;
  /** sha256 of the weights, lower-case hex. */
  readonly modelSha256: string;
  /** Interrupts what runs, drops what waits, ends all connections. Files are whole or absent. May be called twice. */
  close(): Promise<void>;
}

interface ServerParts {
  readonly engine: PixelEngine;
  readonly limits: ServerLimits;
  readonly opened: OpenDirectories;
  readonly port: number;
  readonly closeEngine: () => Promise<void>;
}

async function serve({ engine, limits, opened, port, closeEngine }: ServerParts): Promise<EmbeddedServer> {
  const { directories } = opened;
  const features: JsonObject = { supports_preview_metadata: true, max_upload_size: limits.maxBodyBytes };
  const cache = new ResultCache();
  const history = new PromptHistory({ maxItems: limits.maxHistoryItems, maxCharacters: limits.maxHistoryCharacters });
  const bounds = { maxPending: limits.maxPendingPrompts, maxCharacters: limits.maxPendingCharacters };
  const queue = new PromptQueue(bounds, () => hub.send('status', { status: queueInfo(queue) }, null));
  const hub = new SocketHub(limits, {
    status: () => ({ status: queueInfo(queue) }),
    runningNode: (clientId) => worker.runningNode(clientId),
    features,
  });
  const worker = new PromptWorker({
    engine,
    queue,
    history,
    cache,
    directories,
    send: (event, data, clientId) => hub.send(event, data, clientId),
  });
  const table = routeTable({
    engine,
    classes: nodeClasses(engine),
    limits,
    queue,
    history,
    worker,
    directories,
    features,
  });
  const server = createHttpServer(limits);
  server.on('request', (request, response) => void handleRequest(request, response, table, limits));
  server.on('upgrade', (request, stream, head) => acceptUpgrade(request, stream, head, hub));

  async function shutDown(): Promise<void> {
    const ended = server.listening ? new Promise((resolve) => server.close(resolve)) : undefined;
    await worker.close();
    await hub.close();
    server.closeAllConnections();
    await ended;
    await opened.remove();
    await closeEngine();
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= shutDown());
  try {
    const actualPort = await listenOnLoopback(server, port);
    const { checkpointName, modelSha256 } = engine;
    const url = `http://127.0.0.1:${actualPort}`;
    return { url, port: actualPort, version: embeddedVersion, checkpointName, modelSha256, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Starts a server that speaks ComfyUI's API (as of 0.3.64) on the loopback interface and draws with the given engine, or
 * with the bundled model.
 *
 * @throws EmbeddedServerError `EMBEDDED_BAD_OPTION`, `EMBEDDED_DIRECTORY_UNUSABLE`, `EMBEDDED_PORT_IN_USE`,
 * `EMBEDDED_LISTEN_FAILED`; EngineError if the bundled model does not open. Nothing stays open then.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const { port = 0 } = options;
  const limits = readServerLimits(options.limits);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const message = `port ${port} is not an integer from 0 to 65535`;
    throw new EmbeddedServerError('EMBEDDED_BAD_OPTION', message, { details: { port } });
  }
  const opened = await openDirectories(options);
  let engine = options.engine;
  if (engine === undefined) {
    try {
      // Loaded on demand: a server with an engine of its own needs neither ONNX Runtime nor the model package.
      const { openPixelEngine } = await import('../engine/open-engine.ts');
      engine = await openPixelEngine();
    } catch (error) {
      await opened.remove();
      throw error;
    }
  }
  const owned = options.engine === undefined ? engine : undefined;
  return serve({ engine, limits, opened, port, closeEngine: async () => owned?.close() });
}
