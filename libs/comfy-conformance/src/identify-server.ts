import { z } from 'zod';
import { ComfyConformanceError } from './errors.ts';
import { Unmet } from './finding.ts';
import { exchange, BodyTooLarge } from './http-exchange.ts';
import { type SystemStatsForm, systemStatsForm } from './protocol-forms.ts';

/** A server that answers as ComfyUI does. */
export interface IdentifiedServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly stats: SystemStatsForm;
  readonly checkpoints: readonly string[];
}

/** An answer of this size to either question is none of ComfyUI's. */
const maxBytes = 4 * 2 ** 20;
const checkpointsForm = z.array(z.string().min(1).max(400)).max(10_000);

/**
 * Asks who is there, before anything is checked.
 *
 * @throws ComfyConformanceError COMFY_CONFORMANCE_OPTION_INVALID, COMFY_CONFORMANCE_UNREACHABLE,
 * COMFY_CONFORMANCE_NOT_COMFYUI; the signal's reason
 */
export async function identifyServer(
  address: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<IdentifiedServer> {
  const url = readAddress(address);
  const ask = async <Output>(path: string, form: z.ZodType<Output>): Promise<Output> => {
    try {
      const reply = await exchange(`${url}${path}`, {}, { timeoutMs, maxBytes }, signal);
      if (reply.status !== 200) throw new Unmet(`200 for ${path}`, reply.status);
      return reply.read(form);
    } catch (error) {
      signal?.throwIfAborted();
      throw refusalOf(error, url, path);
    }
  };
  const stats = await ask('/system_stats', systemStatsForm);
  return { url, stats, checkpoints: await ask('/models/checkpoints', checkpointsForm) };
}

function readAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPlain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new ComfyConformanceError(
      'COMFY_CONFORMANCE_OPTION_INVALID',
      `${JSON.stringify(withoutCredentials(address))} is no http or https address without credentials, query and fragment`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** A password has no place in a message. */
function withoutCredentials(address: string): string {
  return address.slice(0, 200).replace(/\/\/.*@/s, '//…@');
}

function refusalOf(error: unknown, url: string, path: string): ComfyConformanceError {
  const details = { url, path };
  if (error instanceof Unmet || error instanceof BodyTooLarge) {
    const message = `${url}${path} is not answered as by ComfyUI: ${error.message}`;
    return new ComfyConformanceError('COMFY_CONFORMANCE_NOT_COMFYUI', message, { details, cause: error });
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  const message = `${url} does not answer: ${reason}`;
  return new ComfyConformanceError('COMFY_CONFORMANCE_UNREACHABLE', message, { details, cause: error });
}
