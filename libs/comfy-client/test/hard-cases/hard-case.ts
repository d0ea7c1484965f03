import type { WorkflowGraph } from '../../src/workflow-graph.ts';
import type { Exchange } from '../prompt-exchange.ts';
import type { ProtocolServerOptions } from '../protocol-server.ts';

/**
 * One situation that clients of ComfyUI get wrong: what the server does, and how a run of {@link hardCaseGraph} has to
 * end. Plain data and scripts, so that other clients can be put before the same server.
 */
export interface HardCase {
  /** 1 … 25, in the order of the list in docs/guides/comfy-client.md. */
  readonly number: number;
  readonly name: string;
  /** @default hardCaseGraph */
  readonly graph?: WorkflowGraph;
  readonly server?: Omit<ProtocolServerOptions, 'onPrompt'>;
  /** The server's part for one prompt. `turn` counts prompts from 0. */
  readonly play: (
    exchange: Exchange,
    pace: { readonly turn: number; readonly silenceMs: number },
  ) => Promise<void> | void;
  /** What any client owes its user for each prompt, one after the other: the files, or an error. */
  readonly ends: readonly (readonly string[] | 'error')[];
  /** Fields of our own result, one object for each prompt. */
  readonly result: readonly Readonly<Record<string, unknown>>[];
}

/** A loader, a sampler and a node that saves. */
export const hardCaseGraph = {
  '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'pixel.safetensors' } },
  '5': { class_type: 'KSampler', inputs: { model: ['1', 0], seed: 1 } },
  '7': { class_type: 'SaveImage', inputs: { images: ['5', 0] } },
} as const;

/** What `savedImage` of the script names. */
export const oneFile: readonly string[] = ['pixel_00001_.png'];
