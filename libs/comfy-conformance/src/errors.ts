/** Every way a run of the checks can fail to begin. What a server does wrong is a finding, not an error. */
export const comfyConformanceErrorCodes = {
  COMFY_CONFORMANCE_OPTION_INVALID: {
    exitCode: 2,
    meaning: 'The address or the choice of checks cannot be used',
    hint: 'Correct the option named in the message: npx dgx-pixels comfy conformance --help',
  },
  COMFY_CONFORMANCE_UNREACHABLE: {
    exitCode: 4,
    meaning: 'The server to be checked did not answer',
    hint: 'Start the server (npx dgx-pixels serve --embedded) or correct its URL',
  },
  COMFY_CONFORMANCE_NOT_COMFYUI: {
    exitCode: 4,
    meaning: 'What answers at the address is no ComfyUI: /system_stats and /models/checkpoints are not in its form',
    hint: 'Give the address of a ComfyUI server, such as http://127.0.0.1:8188',
  },
  COMFY_CONFORMANCE_RESTART_FAILED: {
    exitCode: 4,
    meaning: 'The server did not come back after a restart',
    hint: 'Start the server again and look at its log',
  },
} as const;

/** The closed set of this library's error codes. */
export type ComfyConformanceErrorCode = keyof typeof comfyConformanceErrorCodes;

/** The checks could not begin, or could not go on. */
export class ComfyConformanceError extends Error {
  override readonly name = 'ComfyConformanceError';
  readonly code: ComfyConformanceErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: ComfyConformanceErrorCode,
    message: string,
    options: { readonly details?: Record<string, unknown>; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = comfyConformanceErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
