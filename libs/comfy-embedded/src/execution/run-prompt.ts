import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PixelEngine } from '../engine/pixel-engine.ts';
import { type ImageDirectories, saveImages } from '../files/image-store.ts';
import type { ValidNode } from '../graph/validate-prompt.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { InputArgument, NodeResult } from '../nodes/define-node.ts';
import type { TextChunk } from '../png/text-chunk.ts';
import { describeFailure } from './describe-failure.ts';
import type { EventSink } from './event-sink.ts';
import { ExecutionOrder } from './execution-order.ts';
import { nodeSignatures } from './node-signature.ts';
import { ProgressState } from './progress-state.ts';
import type { CachedResult, ResultCache } from './result-cache.ts';

/** A validated prompt, ready to run. */
export interface RunnablePrompt {
  readonly promptId: string;
  readonly clientId: string | null;
  readonly nodes: ReadonlyMap<string, ValidNode>;
  readonly outputs: readonly string[];
  readonly imageText: readonly TextChunk[];
}

/** What a run needs from the server. */
export interface RunEnvironment {
  readonly engine: PixelEngine;
  readonly cache: ResultCache;
  readonly directories: ImageDirectories;
  readonly previewPrefix: string;
  readonly send: EventSink;
  /** Interrupts the run between nodes and between denoising steps. */
  readonly signal: AbortSignal;
  /** Called with the node that runs now. */
  readonly onNode: (id: string) => void;
}

/** What history keeps of a run besides the prompt. */
export interface PromptOutcome {
  readonly outputs: JsonObject;
  readonly meta: JsonObject;
  readonly status: {
    readonly status_str: 'success' | 'error';
    readonly completed: boolean;
    readonly messages: readonly JsonValue[];
  };
}

function uiJson({ ui }: NodeResult): JsonObject | null {
  return ui === undefined
    ? null
    : { images: ui.images.map(({ filename, subfolder, type }) => ({ filename, subfolder, type })) };
}

/**
 * Runs a prompt node by node and sends the events of ComfyUI in its order. Never rejects: a failed or interrupted run is
 * an outcome.
 */
export async function runPrompt(prompt: RunnablePrompt, environment: RunEnvironment): Promise<PromptOutcome> {
  const { promptId, clientId, nodes } = prompt;
  const { cache, send, signal } = environment;
  const messages: JsonValue[] = [];
  const executed: string[] = [];
  const signatures = nodeSignatures(nodes);
  const cached = (id: string): CachedResult | undefined => cache.get(signatures.get(id));

  function announce(event: string, data: JsonObject, toAll = false): void {
    const stamped = { prompt_id: promptId, ...data, timestamp: Date.now() };
    messages.push([event, stamped]);
    if (clientId !== null || toAll) send(event, stamped, clientId);
  }
  function tellClient(event: string, data: JsonObject): void {
    if (clientId !== null) send(event, { ...data, prompt_id: promptId }, clientId);
  }
  function tellExecuted(id: string, output: JsonObject | null): void {
    tellClient('executed', { node: id, display_node: id, output });
  }
  // Without a client, progress goes to every socket, as ComfyUI has it.
  const progress = new ProgressState(promptId, (data) => send('progress_state', data, clientId));

  function argumentsOf(node: ValidNode): ReadonlyMap<string, InputArgument> {
    const given = new Map<string, InputArgument>();
    for (const [name, json] of node.widgets) given.set(name, { kind: 'widget', json });
    for (const [name, link] of node.links) {
      const value = cached(link.from)?.outputs[link.slot];
      if (value !== undefined) given.set(name, { kind: 'socket', value });
    }
    return given;
  }

  async function runNode(node: ValidNode, inputs: ReadonlyMap<string, InputArgument>): Promise<void> {
    const { id } = node;
    const unknownWords: string[] = [];
    progress.start(id);
    environment.onNode(id);
    tellClient('executing', { node: id, display_node: id });
    signal.throwIfAborted();
    const result = await node.nodeClass.execute(inputs, {
      engine: environment.engine,
      signal,
      imageText: prompt.imageText,
      previewPrefix: environment.previewPrefix,
      saveImages: (request) => saveImages(environment.directories, { ...request, signal, text: prompt.imageText }),
      reportProgress: (value, max) => {
        progress.advance(id, value, max);
        send('progress', { value, max, prompt_id: promptId, node: id }, clientId);
      },
      reportUnknownWords: (words) => {
        unknownWords.push(...words);
        announce('unknown_words', { node: id, words });
      },
    });
    const output = uiJson(result);
    if (output !== null) tellExecuted(id, output);
    const signature = signatures.get(id);
    if (signature !== undefined) cache.set(signature, { ...result, unknownWords });
    progress.finish(id);
    executed.push(id);
  }

  function announceFailure(node: ValidNode, inputs: ReadonlyMap<string, InputArgument>, error: unknown): void {
    const about = { node_id: node.id, node_type: node.nodeClass.classType, executed };
    if (signal.aborted) {
      announce('execution_interrupted', about, true);
    } else {
      const finished = [...nodes.keys()].filter((id) => cached(id) !== undefined);
      announce('execution_error', { ...about, ...describeFailure(error, inputs), current_outputs: finished });
    }
  }

  async function runAll(): Promise<boolean> {
    announce('execution_start', {});
    cache.retain(signatures.values());
    const reused = [...nodes.keys()].filter((id) => cached(id) !== undefined);
    announce('execution_cached', { nodes: reused });
    for (const id of reused) {
      const words = cached(id)?.unknownWords ?? [];
      if (words.length > 0) announce('unknown_words', { node: id, words });
    }
    const order = new ExecutionOrder(nodes, prompt.outputs, (id) => cached(id) !== undefined);
    for (let id = order.take(); id !== undefined; id = order.take()) {
      // Nodes may finish without ever waiting; sockets and requests get their turn all the same.
      await nextTurn();
      const node = nodes.get(id);
      const known = cached(id);
      if (known !== undefined) {
        tellExecuted(id, uiJson(known));
        progress.finish(id);
      } else if (node !== undefined) {
        const inputs = argumentsOf(node);
        try {
          await runNode(node, inputs);
        } catch (error) {
          announceFailure(node, inputs, error);
          return false;
        }
      }
      order.finish(id);
    }
    announce('execution_success', {});
    return true;
  }

  const completed = await runAll();
  const shown = [...nodes.keys()].flatMap((id): readonly (readonly [string, JsonObject])[] => {
    const result = cached(id);
    const output = result === undefined ? null : uiJson(result);
    return output === null ? [] : [[id, output]];
  });
  const meta = shown.map(
    ([id]) => [id, { node_id: id, display_node: id, parent_node: null, real_node_id: id }] as const,
  );
  return {
    outputs: Object.fromEntries(shown),
    meta: Object.fromEntries(meta),
    status: { status_str: completed ? 'success' : 'error', completed, messages },
  };
}
