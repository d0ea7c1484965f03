import type { PixelEngine } from '../engine/pixel-engine.ts';
import { openCache } from '../execution/result-cache.ts';
import { InputFiles } from '../files/input-files.ts';
import { ModelFiles } from '../files/model-files.ts';
import type { JsonObject } from '../json/json-value.ts';
import { nodeClasses, type NodeClasses } from '../nodes/node-classes.ts';
import { acceptUpgrade } from './accept-upgrade.ts';
import { allClasses } from './all-classes.ts';
import { embeddedVersions } from './embedded-version.ts';
import { handleRequest } from './handle-request.ts';
import { createHttpServer, listenOnLoopback } from './http-server.ts';
import { LogRing } from './log-ring.ts';
import { LogSubscriptions } from './log-subscriptions.ts';
import { openDirectories, type OpenDirectories } from './open-directories.ts';
import { PromptHistory } from './prompt-history.ts';
import { PromptQueue } from './prompt-queue.ts';
import { PromptWorker } from './prompt-worker.ts';
import { queueInfo } from './server-context.ts';
import { type EmbeddedServerOptions, readServerOptions, type ServerOptions } from './server-options.ts';
import { serverRoutes } from './server-routes.ts';
import { SocketHub } from './socket-hub.ts';

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
  readonly classes: NodeClasses;
  readonly models: ModelFiles;
  readonly behaviour: ServerOptions;
  readonly opened: OpenDirectories;
  readonly closeEngine: () => Promise<void>;
}

async function serve({
  engine,
  classes,
  models,
  behaviour,
  opened,
  closeEngine,
}: ServerParts): Promise<EmbeddedServer> {
  const { directories } = opened;
  const { limits, faults } = behaviour;
  const features: JsonObject = { supports_preview_metadata: true, max_upload_size: limits.maxUploadBytes };
  const log = new LogRing();
  const history = new PromptHistory({ maxItems: limits.maxHistoryItems, maxCharacters: limits.maxHistoryCharacters });
  const bounds = { maxPending: limits.maxPendingPrompts, maxCharacters: limits.maxPendingCharacters };
  const queue = new PromptQueue(bounds, () => hub.send('status', { status: queueInfo(queue) }, null));
  const hub: SocketHub = new SocketHub(limits, {
    status: () => ({ status: queueInfo(queue) }),
    runningNode: (clientId) => worker.runningNode(clientId),
    features,
  });
  const server = createHttpServer(limits);
  const crash = (): void => {
    server.close();
    hub.terminate();
    server.closeAllConnections();
    behaviour.onCrash();
  };
  const cache = openCache(behaviour.cache);
  const worker: PromptWorker = new PromptWorker({
    engine,
    queue,
    history,
    cache,
    directories,
    events: hub,
    log,
    faults,
    crash,
  });
  const routes = serverRoutes({
    engine,
    behaviour,
    classes,
    queue,
    history,
    worker,
    directories,
    models,
    log,
    subscriptions: new LogSubscriptions(log, hub),
    features,
  });
  server.on('request', (request, response) => void handleRequest(request, response, routes, limits));
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
    const port = await listenOnLoopback(server, behaviour.port);
    const { checkpointName, modelSha256 } = engine;
    log.add(`serving ${checkpointName} on port ${port}`);
    const version = embeddedVersions[behaviour.rules];
    return { url: `http://127.0.0.1:${port}`, port, version, checkpointName, modelSha256, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Starts a server that speaks ComfyUI's API (as of 0.3.64) on the loopback interface and draws with the given engine, or
 * with the bundled model. Queue, history and cache begin empty, numbers at 0.
 *
 * @throws EmbeddedServerError `EMBEDDED_BAD_OPTION`, `EMBEDDED_DIRECTORY_UNUSABLE`, `EMBEDDED_PORT_IN_USE`,
 * `EMBEDDED_LISTEN_FAILED`; EngineError if the bundled model does not open. Nothing stays open then.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const behaviour = readServerOptions(options);
  const opened = await openDirectories(behaviour);
  const models = new ModelFiles(behaviour.modelsDirectory);
  let owned: PixelEngine | undefined;
  const closeEngine = async (): Promise<void> => owned?.close();
  try {
    const engine = behaviour.engine ?? (owned = await openBundledEngine());
    const files = { loras: models.folder('loras'), pictures: new InputFiles(opened.directories) };
    const classes = allClasses(nodeClasses(engine, files), behaviour.nodes);
    return await serve({ engine, classes, models, behaviour, opened, closeEngine });
  } catch (error) {
    await opened.remove();
    await closeEngine();
    throw error;
  }
}

async function openBundledEngine(): Promise<PixelEngine> {
  // Loaded on demand: a server with an engine of its own needs neither ONNX Runtime nor the model package.
  const { openPixelEngine } = await import('../engine/open-engine.ts');
  return openPixelEngine();
}
