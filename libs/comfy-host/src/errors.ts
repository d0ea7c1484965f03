/** Every way this library can fail by itself; errors of the client, the engine and the evidence pass through. */
export const comfyHostErrorCodes = {
  ENGINE_HOST_REMOTE_REFUSED: {
    exitCode: 2,
    meaning: 'The server address is not on this host; ComfyUI has no authentication and http hides nothing',
    hint: 'Tunnel the port to this host (ssh -L 8188:127.0.0.1:8188 HOST) and give http://127.0.0.1:8188',
  },
  ENGINE_HOST_PROFILE_INVALID: {
    exitCode: 2,
    meaning: 'The profile is not a name of lower-case letters, digits and dashes',
    hint: 'Use the name of a file in bench/profiles, without .toml',
  },
  ENGINE_HOST_TEMPLATE_UNKNOWN: {
    exitCode: 2,
    meaning: 'bench/workflows has no template of this name',
    hint: 'Use one of the names in the message; bench/workflows/README.md says what they make',
  },
  ENGINE_HOST_TEMPLATE_UNUSABLE: {
    exitCode: 4,
    meaning: 'A workflow template, its parameter file or one of its fixtures is missing or malformed',
    hint: 'Correct the named file, or restore it: git checkout bench/workflows',
  },
  ENGINE_HOST_SERVER_INCOMPLETE: {
    exitCode: 4,
    meaning: 'The server leaves out facts about itself that a record needs',
    hint: 'Update the server to ComfyUI 0.3.64 or newer',
  },
  ENGINE_HOST_RECORD_UNWRITABLE: {
    exitCode: 4,
    meaning: 'The record of the server check could not be written',
    hint: 'Check space and permissions of bench/results',
  },
} as const;

/** The closed set of this library's error codes. */
export type ComfyHostErrorCode = keyof typeof comfyHostErrorCodes;

/** A failure to have or to check an engine: what happened, and in `hint` what to do next. */
export class ComfyHostError extends Error {
  override readonly name = 'ComfyHostError';
  readonly code: ComfyHostErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: ComfyHostErrorCode,
    message: string,
    options: { readonly details?: Record<string, unknown>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = comfyHostErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
