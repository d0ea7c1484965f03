import { randomUUID } from 'node:crypto';

import type { ComfyClient } from './client.ts';
import { ComfyClientError } from './errors.ts';
import { parseLenientJson } from './parse-lenient-json.ts';
import { describeBody, expectOk, readJson } from './read-reply.ts';
import { promptErrorSchema, promptReplySchema, type NodeErrors } from './schema/prompt-reply.ts';
import { sendRequest, type CallOptions, type HttpReply, type RequestDescription } from './send-request.ts';
import { serializeJson } from './serialize-json.ts';
import type { WorkflowGraph } from './workflow-graph.ts';

/** Options of {@link queuePrompt}. */
export interface QueuePromptOptions extends CallOptions {
  /** Canonical lower-case UUID; newer servers accept nothing else. @default a new UUID v4 */
  readonly promptId?: string | undefined;
  /** The WebSocket client that shall receive the prompt's events. */
  readonly clientId?: string | undefined;
  /** `extra_pnginfo` members become PNG text chunks. Anyone can read it in the queue: no secrets. */
  readonly extraData?: Readonly<Record<string, unknown>> | undefined;
}

/** How the server answered a submission. */
export type QueuePromptResult =
  | {
      readonly status: 'accepted';
      /** The id the server uses; another than the one sent if the server does not take ids from clients. */
      readonly promptId: string;
      readonly number: number | null;
      /** Not empty: the server dropped these nodes and runs the rest of the graph. */
      readonly nodeErrors: NodeErrors;
    }
  | { readonly status: 'invalid'; readonly message: string; readonly nodeErrors: NodeErrors }
  | { readonly status: 'rejected'; readonly httpStatus: number; readonly message: string };

const canonicalUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Submits a workflow once and never again: after an error that leaves the outcome open (COMFY_TIMEOUT,
 * COMFY_CONNECTION_LOST, COMFY_REPLY_INVALID), look the id up in the queue and the history.
 *
 * @throws ComfyClientError COMFY_GRAPH_INVALID and COMFY_OPTION_INVALID before anything is sent; transport errors.
 */
export async function queuePrompt(
  client: ComfyClient,
  graph: WorkflowGraph,
  options: QueuePromptOptions = {},
): Promise<QueuePromptResult> {
  const promptId = options.promptId ?? newPromptId();
  if (!canonicalUuid.test(promptId)) {
    throw new ComfyClientError(
      'COMFY_OPTION_INVALID',
      `promptId must be a lower-case UUID, got ${JSON.stringify(promptId)}`,
    );
  }
  const body = serializeJson({
    prompt: graph,
    prompt_id: promptId,
    client_id: options.clientId,
    extra_data: options.extraData,
  });
  if (Buffer.byteLength(body) > client.maxBodyBytes) {
    const message = `The workflow takes ${Buffer.byteLength(body)} bytes of JSON, limit ${client.maxBodyBytes}`;
    throw new ComfyClientError('COMFY_GRAPH_INVALID', message);
  }
  const request: RequestDescription = { method: 'POST', path: '/prompt', body };
  const reply = await sendRequest(client, request, options);
  return reply.status < 400 ? readAcceptance(reply, request) : readRefusal(reply);
}

/** A prompt id that every server version takes: UUID v4, canonical lower case. */
export function newPromptId(): string {
  return randomUUID();
}

function readAcceptance(reply: HttpReply, request: RequestDescription): QueuePromptResult {
  const accepted = readJson(expectOk(reply, request), promptReplySchema, request);
  return {
    status: 'accepted',
    promptId: accepted.prompt_id,
    number: accepted.number ?? null,
    nodeErrors: accepted.node_errors,
  };
}

function readRefusal(reply: HttpReply): QueuePromptResult {
  const body = describeBody(reply);
  if (reply.status === 400 && body.kind === 'json') {
    const parsed = promptErrorSchema.safeParse(parseLenientJson(reply.bytes.toString('utf8')));
    if (parsed.success) {
      const { error, node_errors: nodeErrors } = parsed.data;
      return { status: 'invalid', message: describeRefusal(error, nodeErrors), nodeErrors };
    }
  }
  const said = body.excerpt === '' ? 'empty body' : body.excerpt;
  return { status: 'rejected', httpStatus: reply.status, message: said };
}

/** One line that names the first faulty nodes, since `error.details` is often empty. */
export function describeRefusal(error: { message: string; details: string }, nodeErrors: NodeErrors): string {
  const head = [error.message, error.details].filter((part) => part !== '').join(': ') || 'refused without a message';
  const nodes = Object.entries(nodeErrors).flatMap(([nodeId, node]) =>
    node.faults.map((fault) => `node ${nodeId} ${node.nodeType ?? ''}: ${fault.message} ${fault.details}`.trim()),
  );
  return [head, ...nodes.slice(0, 3)].join('; ');
}
