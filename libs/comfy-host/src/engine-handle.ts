import type { ComfyClient } from '@dgx-pixels/comfy-client';
import type { EngineInfo } from '@dgx-pixels/evidence';

/** Which engine to open. */
export type EngineChoice =
  | {
      /** The bundled model, served in this process on a free port of 127.0.0.1. */
      readonly kind: 'embedded';
      /** SaveImage writes here. @default a temporary folder that goes with the engine */
      readonly outputDirectory?: string | undefined;
      /** An exported model. @default the bundled one */
      readonly modelDirectory?: string | undefined;
      /** Adapter files (safetensors) that LoraLoader offers under their own names. @default none */
      readonly adapters?: readonly string[] | undefined;
    }
  | {
      /** A ComfyUI server that runs already. */
      readonly kind: 'url';
      readonly url: string;
      /** Permits servers on other hosts. @default false */
      readonly allowRemote?: boolean | undefined;
    };

/** Options of `openEngine`. */
export interface OpenEngineOptions {
  /** Gives up opening; it does not end an engine that is open. */
  readonly signal?: AbortSignal | undefined;
}

/** An engine that answers. */
export interface EngineHandle {
  readonly kind: 'embedded' | 'comfyui';
  readonly url: string;
  readonly client: ComfyClient;
  /** What the server calls its ComfyUI version. */
  readonly version: string;
  /** From the call to the first answer, milliseconds; null for a server that ran already. */
  readonly startMs: number | null;
  /** SHA-256 of the model files in use; empty when the server does not tell. */
  readonly modelSha256: readonly string[];
  /** Checkpoint names that the server lists. */
  readonly checkpoints: readonly string[];
  /** SHA-256 of the canonical JSON of the server's command line; null where it has none of its own. */
  readonly argvSha256: string | null;
  /** The process that does the work, if it is on this host and known. */
  readonly processId: number | null;
  /** Ends what `openEngine` started, and nothing else. May be called twice. */
  close(): Promise<void>;
}

/** The part of a handle that records carry. */
export function engineInfoOf(handle: EngineHandle): EngineInfo {
  const { kind, version, argvSha256, modelSha256 } = handle;
  return { kind, version, argvSha256, modelSha256: [...modelSha256] };
}
