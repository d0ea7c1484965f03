import { ComfyClientError } from './errors.ts';

/** A server and the limits that hold for every request to it. Holds no socket: there is nothing to close. */
export interface ComfyClient {
  /** Normalised base URL without a trailing slash. */
  readonly url: string;
  /** Longest wait for one whole HTTP answer, milliseconds. */
  readonly requestTimeoutMs: number;
  /** Largest accepted answer, request body or WebSocket message, bytes. */
  readonly maxBodyBytes: number;
}

/** Options of {@link createComfyClient}. */
export interface ComfyClientOptions {
  /** `http:` or `https:` address of the server; a path prefix is kept. */
  readonly url: string;
  /** Milliseconds, 1 … 2^31 − 1. @default 30_000 */
  readonly requestTimeoutMs?: number | undefined;
  /** Bytes, 1 … 2^30. @default 67_108_864 (64 MiB) */
  readonly maxBodyBytes?: number | undefined;
}

const maxTimerMs = 2 ** 31 - 1;

/**
 * Describes a ComfyUI server to the verbs of this package. Connects to nothing.
 *
 * @example
 * const client = createComfyClient({ url: 'http://127.0.0.1:8188' });
 * const stats = await getSystemStats(client);
 *
 * @throws ComfyClientError COMFY_URL_INVALID for another protocol, credentials, a query or a fragment in the URL;
 * COMFY_OPTION_INVALID for limits outside their range.
 */
export function createComfyClient(options: ComfyClientOptions): ComfyClient {
  return {
    url: normaliseUrl(options.url),
    requestTimeoutMs: checkWhole('requestTimeoutMs', options.requestTimeoutMs ?? 30_000, maxTimerMs),
    maxBodyBytes: checkWhole('maxBodyBytes', options.maxBodyBytes ?? 64 * 2 ** 20, 2 ** 30),
  };
}

/** Accepts whole numbers from 1 to `largest`, else throws COMFY_OPTION_INVALID naming the option. */
export function checkWhole(name: string, value: number, largest: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= largest) return value;
  throw new ComfyClientError(
    'COMFY_OPTION_INVALID',
    `${name} must be a whole number from 1 to ${largest}, got ${value}`,
    {
      details: { option: name, value, largest },
    },
  );
}

function normaliseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const fault = url === null ? 'it is no URL' : urlFault(url);
  if (url === null || fault !== null) {
    // Credentials must not reach a log, so a URL that has some is not repeated in full.
    const shown = url === null ? JSON.stringify(text.slice(0, 200)) : `${url.protocol}//${url.host}`;
    throw new ComfyClientError('COMFY_URL_INVALID', `Cannot use ${shown} as server address: ${fault ?? ''}`, {
      details: { url: shown },
    });
  }
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

function urlFault(url: URL): string | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'only http and https are spoken';
  if (url.username !== '' || url.password !== '') return 'credentials in the URL are not accepted';
  if (url.search !== '' || url.hash !== '') return 'a query or fragment has no meaning here';
  return null;
}
