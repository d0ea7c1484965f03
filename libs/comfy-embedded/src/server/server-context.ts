import type { PixelEngine } from '../engine/pixel-engine.ts';
import type { ImageDirectories } from '../files/image-store.ts';
import type { ModelFiles } from '../files/model-files.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { NodeClasses } from '../nodes/node-classes.ts';
import type { LogRing } from './log-ring.ts';
import type { LogSubscriptions } from './log-subscriptions.ts';
import type { PromptHistory } from './prompt-history.ts';
import type { PromptQueue } from './prompt-queue.ts';
import type { PromptWorker } from './prompt-worker.ts';
import type { ServerOptions } from './server-options.ts';

/** What the routes of one server work on. */
export interface ServerContext {
  readonly engine: PixelEngine;
  readonly classes: NodeClasses;
  readonly queue: PromptQueue;
  readonly history: PromptHistory;
  readonly worker: PromptWorker;
  readonly directories: ImageDirectories;
  readonly models: ModelFiles;
  readonly log: LogRing;
  readonly subscriptions: LogSubscriptions;
  readonly behaviour: ServerOptions;
  /** Answer of `/features` and of the WebSocket's `feature_flags`. */
  readonly features: JsonObject;
}

/** Queue length as `GET /prompt` and `status` events show it. */
export function queueInfo(queue: PromptQueue): JsonObject {
  return { exec_info: { queue_remaining: queue.remaining } };
}
