import type { IncomingMessage, ServerResponse } from 'node:http';
import { multipartBoundary, parseMultipart } from './parse-multipart.ts';
import { readBody, readBytes } from './read-body.ts';
import { type Reply, sendReply, text, empty } from './reply.ts';
import { isAllowedRequest } from './request-guard.ts';
import {
  findRoutes,
  type Methods,
  otherMethod,
  type Route,
  type RouteRequest,
  type RouteTable,
} from './route-table.ts';
import type { ServerLimits } from './server-limits.ts';

const silenceMs = 1000;

/** A path and its query, undefined for a target that is neither. */
export function readTarget(request: IncomingMessage): URL | undefined {
  const target = request.url ?? '';
  return target.startsWith('/') && URL.canParse(target, 'http://loopback')
    ? new URL(target, 'http://loopback')
    : undefined;
}

function tooLarge(bytes: number): Reply {
  return text(413, `Maximum request body size ${bytes} exceeded`);
}

async function answerRoute(
  request: IncomingMessage,
  route: Route,
  asked: RouteRequest,
  limits: ServerLimits,
): Promise<Reply> {
  if (route.takes === 'nothing') return route.answer(asked);
  if (route.takes === 'json') {
    const body = await readBody(request, limits);
    if (body.kind === 'too-large') return tooLarge(limits.maxBodyBytes);
    if (body.kind === 'invalid') return text(400, `the body is not JSON: ${body.reason}`);
    return route.answer(body.kind === 'json' ? body.value : undefined, asked);
  }
  const boundary = multipartBoundary(request.headers['content-type']);
  if (boundary === undefined) return text(400, 'the request needs a multipart/form-data body');
  const bytes = await readBytes(request, limits.maxUploadBytes);
  if (bytes === undefined) return tooLarge(limits.maxUploadBytes);
  const form = parseMultipart(bytes, boundary);
  return form.kind === 'invalid' ? text(400, `the body is no form: ${form.reason}`) : route.answer(form.parts);
}

function findRoute(methods: Methods, method: string | undefined): Route | undefined {
  if (method === 'GET' || method === 'HEAD') return methods.GET;
  return method === 'POST' || method === 'PATCH' ? methods[method] : undefined;
}

async function answer(request: IncomingMessage, table: RouteTable, limits: ServerLimits): Promise<Reply> {
  if (!isAllowedRequest(request.headers)) return empty(403);
  const url = readTarget(request);
  const found = url === undefined ? undefined : findRoutes(table, url.pathname);
  if (url === undefined || found === undefined) return empty(404);
  const route = findRoute(found.methods, request.method);
  if (route === undefined) return otherMethod(request.method);
  return answerRoute(request, route, { parameter: found.parameter, query: url.searchParams }, limits);
}

/**
 * Takes the rest of a body that nobody read and throws it away, as long as it keeps coming: hanging up on a client that
 * still sends would cost it the answer. The server's request timeout ends a body without end.
 */
async function discardBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  await new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, silenceMs);
    const done = (): void => {
      clearTimeout(patience);
      resolve();
    };
    request.once('end', done).once('close', done).once('error', done);
    request.on('data', () => patience.refresh());
  });
}

/** Answers one HTTP request; a fault of ours is a 500 that says nothing about the host. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  table: RouteTable,
  limits: ServerLimits,
): Promise<void> {
  let reply: Reply;
  try {
    reply = await answer(request, table, limits);
  } catch {
    reply = text(500, '500 Internal Server Error');
  }
  // An unread rest of the body must not be taken for the next request.
  if (!request.complete) response.setHeader('Connection', 'close');
  try {
    await sendReply(response, reply, () => discardBody(request));
  } catch {
    // The client went away, or the file vanished while it was sent: all that is left is to hang up.
    response.destroy();
  }
}
