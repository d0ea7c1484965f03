/**
 * What can go wrong inside the embedded engine. `exitCode` follows the table in docs/architecture.md; `hint` is what to
 * do or type next.
 */
export const engineErrorCodes = {
  ENGINE_MODEL_MISSING: {
    exitCode: 4,
    meaning: 'A file of the bundled model is not there or cannot be read.',
    hint: 'Reinstall the workspace (`npm ci`), or name a folder that holds the exported model.',
  },
  ENGINE_MODEL_CORRUPT: {
    exitCode: 6,
    meaning: 'A file of the bundled model differs from what its manifest says.',
    hint: 'Restore the model files: `git checkout -- libs/pixel-model/model`.',
  },
  ENGINE_REQUEST_INVALID: {
    exitCode: 2,
    meaning: 'A call asks for something outside the stated limits of the engine.',
    hint: 'Read the message for the value and the allowed range; `engineLimits` lists all ranges.',
  },
  ENGINE_PROMPT_INVALID: {
    exitCode: 2,
    meaning: 'A prompt is too long, or gives a word a weight that is not a finite number.',
    hint: 'Shorten the prompt, or write weights as (word:1.2).',
  },
  ENGINE_ADAPTER_INVALID: {
    exitCode: 3,
    meaning: 'An adapter file cannot be read, is no sound safetensors file, or changed while it was in use.',
    hint: 'Export the adapter again as safetensors with floating-point factors, or load it anew.',
  },
  ENGINE_RUNTIME_FAILED: {
    exitCode: 1,
    meaning: 'ONNX Runtime refused a graph or failed while running one.',
    hint: 'Run `npx dgx-pixels doctor`; if memory is short, ask for a smaller batch or image.',
  },
  ENGINE_CLOSED: {
    exitCode: 1,
    meaning: 'The engine was closed, or its worker thread ended, while the call was under way.',
    hint: 'Open a new engine.',
  },
} as const;

export type EngineErrorCode = keyof typeof engineErrorCodes;

/** A failure of the embedded engine; `code` is stable, `details` holds the received values. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: EngineErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
    this.code = code;
    this.hint = engineErrorCodes[code].hint;
    this.details = details;
  }
}
