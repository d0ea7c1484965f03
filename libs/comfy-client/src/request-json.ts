import type { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { expectOk, readJson } from './read-reply.ts';
import { sendRequest, type CallOptions, type RequestDescription } from './send-request.ts';

/** Sends a request, expects 2xx and parses the JSON body. Throws what {@link sendRequest} and the readers throw. */
export async function requestJson<Output>(
  client: ComfyClient,
  schema: z.ZodType<Output>,
  request: RequestDescription,
  options: CallOptions,
): Promise<Output> {
  const reply = await sendRequest(client, request, options);
  return readJson(expectOk(reply, request), schema, request);
}

/** POSTs an action whose answer is 200 with an empty body. */
export async function postAction(
  client: ComfyClient,
  path: string,
  body: Readonly<Record<string, unknown>>,
  options: CallOptions,
): Promise<void> {
  const request: RequestDescription = { method: 'POST', path, body: JSON.stringify(body) };
  expectOk(await sendRequest(client, request, options), request);
}

/** Like {@link requestJson}, with null for status 404: the server lacks the route or what it names. */
export async function requestJsonOrNull<Output>(
  client: ComfyClient,
  schema: z.ZodType<Output>,
  request: RequestDescription,
  options: CallOptions,
): Promise<Output | null> {
  const reply = await sendRequest(client, request, options);
  return reply.status === 404 ? null : readJson(expectOk(reply, request), schema, request);
}
