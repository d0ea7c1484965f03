import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PixelEngine } from '../engine/pixel-engine.ts';
import { type ImageDirectories, saveImages } from '../files/image-store.ts';
import type { PromptGraph } from '../graph/prompt-graph.ts';
import type { ValidNode } from '../graph/validate-prompt.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { InputArgument, NodeContext, NodeResult } from '../nodes/define-node.ts';
import type { TextChunk } from '../png/text-chunk.ts';
import { describeFailure, outOfMemoryType } from './describe-failure.ts';
import type { EventSink } from './event-sink.ts';
import { ExecutionOrder } from './execution-order.ts';
import { previewFrame, previewFrameWithMetadata } from './preview-frame.ts';
import { ProgressState } from './progress-state.ts';
import type { CachedResult, Notice, ResultCache } from './result-cache.ts';
import { signPrompt } from './sign-prompt.ts';

/** A validated prompt, ready to run. */
export interface RunnablePrompt {
  readonly promptId: string;
  readonly clientId: string | null;
  /** Nodes to run. */
  readonly nodes: ReadonlyMap<string, ValidNode>;
  /** All nodes of the prompt. */
  readonly graph: PromptGraph;
  readonly outputs: readonly string[];
  readonly imageText: readonly TextChunk[];
  readonly showsPreviews: boolean;
}

/** What a run needs from the server. */
export interface RunEnvironment {
  readonly engine: PixelEngine;
  readonly cache: ResultCache;
  readonly directories: ImageDirectories;
  readonly previewPrefix: string;
  readonly events: EventSink;
  readonly log: (line: string) => void;
  /** Interrupts the run between nodes and between denoising steps. */
  readonly signal: AbortSignal;
  /** Called with each node before it runs; what it throws is the node's failure. */
  readonly beforeNode: (node: ValidNode) => Promise<void>;
}

/** What history keeps of a run besides the prompt. */
export interface PromptOutcome {
  readonly outputs: JsonObject;
  readonly meta: JsonObject;
  /** ComfyUI then unloads its models; here cached results are what memory can be gained from. */
  readonly ranOutOfMemory: boolean;
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
  const { promptId, clientId, nodes, graph } = prompt;
  const { cache, events, signal, log } = environment;
  const messages: JsonValue[] = [];
  const executed: string[] = [];
  let ranOutOfMemory = false;

  function announce(event: string, data: JsonObject, toAll = false): void {
    const stamped = { prompt_id: promptId, ...data, timestamp: Date.now() };
    messages.push([event, stamped]);
    if (clientId !== null || toAll) events.send(event, stamped, clientId);
  }
  function tellClient(event: string, data: JsonObject): void {
    if (clientId !== null) events.send(event, { ...data, prompt_id: promptId }, clientId);
  }
  function tellExecuted(id: string, output: JsonObject | null): void {
    tellClient('executed', { node: id, display_node: id, output });
  }
  // Without a client, progress goes to every socket, as ComfyUI has it.
  const progress = new ProgressState(promptId, (write) => events.sendWritten('progress_state', write, clientId));

  function argumentsOf(node: ValidNode): ReadonlyMap<string, InputArgument> {
    const given = new Map<string, InputArgument>();
    for (const [name, json] of node.widgets) given.set(name, { kind: 'widget', json });
    for (const [name, link] of node.links) {
      const value = cache.get(link.from)?.outputs[link.slot];
      if (value !== undefined) given.set(name, { kind: 'socket', value });
    }
    return given;
  }

  function contextOf(id: string, notices: Notice[]): NodeContext {
    const notify = (event: string, data: JsonObject): void => {
      notices.push({ event, data });
      announce(event, { node: id, ...data });
    };
    return {
      engine: environment.engine,
      signal,
      log,
      imageText: prompt.imageText,
      previewPrefix: environment.previewPrefix,
      showsPreviews: prompt.showsPreviews,
      saveImages: (request) => saveImages(environment.directories, { ...request, signal, text: prompt.imageText }),
      reportProgress: (value, max, preview) => {
        progress.advance(id, value, max);
        const withMetadata = events.takesPreviewMetadata(clientId);
        if (preview !== undefined && withMetadata) {
          events.sendFrame(previewFrameWithMetadata(preview, id, promptId), clientId);
        }
        events.send('progress', { value, max, prompt_id: promptId, node: id }, clientId);
        if (preview !== undefined && !withMetadata) events.sendFrame(previewFrame(preview), clientId);
      },
      reportUnknownWords: (words) => notify('unknown_words', { words }),
      reportAdapter: (name, { unmatchedKeys, misfits }) => {
        for (const key of unmatchedKeys) log(`lora key not loaded: ${key}`);
        for (const key of misfits) log(`lora shape does not fit: ${key}`);
        notify('unmatched_adapter', { adapter: name, unmatched_keys: unmatchedKeys, misfits });
      },
    };
  }

  async function runNode(node: ValidNode, inputs: ReadonlyMap<string, InputArgument>): Promise<void> {
    const { id } = node;
    const notices: Notice[] = [];
    progress.start(id);
    tellClient('executing', { node: id, display_node: id });
    await environment.beforeNode(node);
    signal.throwIfAborted();
    const result = await node.nodeClass.execute(inputs, contextOf(id, notices));
    const output = uiJson(result);
    if (output !== null) tellExecuted(id, output);
    cache.set(id, { ...result, notices });
    progress.finish(id);
    executed.push(id);
  }

  function announceFailure(node: ValidNode, inputs: ReadonlyMap<string, InputArgument>, error: unknown): void {
    const about = { node_id: node.id, node_type: node.nodeClass.classType, executed };
    if (signal.aborted) {
      announce('execution_interrupted', about, true);
      log('Processing interrupted');
    } else {
      const failure = describeFailure(error, inputs);
      ranOutOfMemory = failure.exception_type === outOfMemoryType;
      announce('execution_error', { ...about, ...failure, current_outputs: [...graph.keys()] });
      log(`!!! Exception during processing !!! ${failure.exception_message}`);
    }
  }

  /** A node whose result is at hand. */
  function reuse(id: string, known: CachedResult): void {
    tellExecuted(id, uiJson(known));
    progress.finish(id);
  }

  async function runAll(): Promise<boolean> {
    announce('execution_start', {});
    cache.begin(await signPrompt(graph));
    const reused = [...graph.keys()].filter((id) => cache.get(id) !== undefined);
    announce('execution_cached', { nodes: reused });
    for (const node of reused) {
      for (const { event, data } of cache.get(node)?.notices ?? []) announce(event, { node, ...data });
    }
    const order = new ExecutionOrder(nodes, prompt.outputs, (id) => cache.get(id) !== undefined);
    for (let id = order.take(); id !== undefined; id = order.take()) {
      // Nodes may finish without ever waiting; sockets and requests get their turn all the same.
      await nextTurn();
      await events.drained(clientId);
      const node = nodes.get(id);
      const known = cache.get(id);
      if (known !== undefined) {
        reuse(id, known);
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
  const shown = [...graph.keys()].flatMap((id): readonly (readonly [string, JsonObject])[] => {
    const result = cache.get(id);
    const output = result === undefined ? null : uiJson(result);
    return output === null ? [] : [[id, output]];
  });
  const meta = shown.map(
    ([id]) => [id, { node_id: id, display_node: id, parent_node: null, real_node_id: id }] as const,
  );
  return {
    outputs: Object.fromEntries(shown),
    meta: Object.fromEntries(meta),
    ranOutOfMemory,
    status: { status_str: completed ? 'success' : 'error', completed, messages },
  };
}
