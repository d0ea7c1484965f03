import type { EngineChoice, EngineHandle, OpenEngineOptions } from './engine-handle.ts';
import { openEmbeddedEngine } from './open-embedded-engine.ts';
import { openUrlEngine } from './open-url-engine.ts';

/**
 * Opens an engine and returns when it answers.
 *
 * @example
 * const engine = await openEngine({ kind: 'embedded' });
 * try {
 *   const job = await runWorkflow(engine.client, graph);
 * } finally {
 *   await engine.close();
 * }
 *
 * @throws ComfyHostError ENGINE_HOST_REMOTE_REFUSED; errors of the engine, the embedded
 * server and the client; the signal's reason. Nothing stays open then.
 */
export async function openEngine(choice: EngineChoice, options: OpenEngineOptions = {}): Promise<EngineHandle> {
  options.signal?.throwIfAborted();
  return choice.kind === 'embedded' ? openEmbeddedEngine(choice, options) : openUrlEngine(choice, options);
}
