import type { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { expectOk, readJson } from './read-reply.ts';
import { serializeJson } from './serialize-json.ts';
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

/** Sends an action whose answer is 2xx, whatever its body. */
export async function sendAction(
  client: ComfyClient,
  request: RequestDescription,
  options: CallOptions,
): Promise<void> {
  expectOk(await sendRequest(client, request, options), request);
}

/** POSTs an action whose answer is 200 with an empty body. */
export async function postAction(
  client: ComfyClient,
  path: string,
  body: Readonly<Record<string, unknown>>,
  options: CallOptions,
): Promise<void> {
  await sendAction(client, { method: 'POST', path, body: serializeJson(body) }, options);
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
