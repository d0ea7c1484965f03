/**
 * Every way this library can fail, with the process exit code it maps to and what to do next. What a prompt run can end
 * in (validation, node errors, interruption …) is a `JobResult`, not an error.
 */
export const comfyClientErrorCodes = {
  COMFY_URL_INVALID: {
    exitCode: 2,
    meaning: 'The server address is not an http or https URL without credentials, query and fragment',
    hint: 'Give the address as http://127.0.0.1:8188',
  },
  COMFY_OPTION_INVALID: {
    exitCode: 2,
    meaning: 'An option is outside its range',
    hint: 'Correct the option named in the message',
  },
  COMFY_GRAPH_INVALID: {
    exitCode: 2,
    meaning: 'The workflow is not an API-format graph that JSON can carry',
    hint: 'Export the workflow in API format and check the inputs named in the message',
  },
  COMFY_TEMPLATE_INVALID: {
    exitCode: 2,
    meaning: 'A parameter file does not describe its workflow: a pointer leads to no input, or a declaration is wrong',
    hint: 'Correct the declarations named in the message; bench/workflows/README.md says what they are',
  },
  COMFY_PARAMETER_INVALID: {
    exitCode: 2,
    meaning: 'A value was given for a parameter that the template does not have, or one outside its range',
    hint: 'Correct the parameters named in the message; bench/workflows/README.md lists them',
  },
  COMFY_OBJECT_INFO_INVALID: {
    exitCode: 2,
    meaning: 'The value does not describe node classes as the route /object_info does',
    hint: 'Save the answer of http://127.0.0.1:8188/object_info and give that file',
  },
  COMFY_PICTURE_UNUSABLE: {
    exitCode: 2,
    meaning: 'The file is no PNG that carries a workflow',
    hint: 'Give a PNG as the server wrote it; other programs drop the text that holds the workflow',
  },
  COMFY_UNREACHABLE: {
    exitCode: 4,
    meaning: 'No connection to the server could be made',
    hint: 'Start the server (npx dgx-pixels serve --embedded) or correct its URL',
  },
  COMFY_TIMEOUT: {
    exitCode: 4,
    meaning: 'The server did not answer a request in time',
    hint: 'Look at the load and the log of the server, or raise requestTimeoutMs',
  },
  COMFY_CONNECTION_LOST: {
    exitCode: 4,
    meaning: 'The connection ended before the whole answer had arrived',
    hint: 'See whether the server still runs (npx dgx-pixels doctor), then repeat the command',
  },
  COMFY_REDIRECTED: {
    exitCode: 4,
    meaning: 'The server answered with a redirect, which is never followed',
    hint: 'Give the address the server itself listens on',
  },
  COMFY_HTTP_STATUS: {
    exitCode: 1,
    meaning: 'The server answered with a status this request does not allow for',
    hint: 'Read the log of the server; check that the URL belongs to ComfyUI',
  },
  COMFY_REPLY_TOO_LARGE: {
    exitCode: 1,
    meaning: 'An answer is larger than the byte limit of the client',
    hint: 'Clear the history of the server, or raise maxBodyBytes',
  },
  COMFY_REPLY_INVALID: {
    exitCode: 1,
    meaning: 'An answer is not the JSON that the ComfyUI API describes',
    hint: 'Check that the URL belongs to ComfyUI 0.3.64 or newer',
  },
} as const;

/** The closed set of this library's error codes. */
export type ComfyClientErrorCode = keyof typeof comfyClientErrorCodes;

/** What an error carries besides its code and message. */
export interface ComfyClientErrorOptions {
  /** Typed facts: `url`, `method`, `status`, `bodyKind`, `timeoutMs`, `faults` … as the code calls for. */
  readonly details?: Record<string, unknown>;
  readonly cause?: unknown;
}

/** A failure of the transport or of the caller's arguments. */
export class ComfyClientError extends Error {
  override readonly name = 'ComfyClientError';
  readonly code: ComfyClientErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(code: ComfyClientErrorCode, message: string, options: ComfyClientErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = comfyClientErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
