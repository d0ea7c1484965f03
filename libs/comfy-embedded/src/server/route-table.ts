import type { JsonValue } from '../json/json-value.ts';
import { empty, json, type Reply, text } from './reply.ts';
import { postFree, postInterrupt } from './routes/control-routes.ts';
import { getModelFolders, getModels, getNodeInfo, getObjectInfo, getSystemStats } from './routes/describe-routes.ts';
import { getHistory, getHistoryEntry } from './routes/history-routes.ts';
import { getQueue, getQueueInfo, postHistory, postQueue } from './routes/queue-routes.ts';
import { PromptIntake } from './routes/submit-prompt.ts';
import { getView } from './routes/view-route.ts';
import type { ServerContext } from './server-context.ts';

/** A request as routes see it: path parameter decoded, body parsed (undefined if there was none). */
interface RouteRequest {
  readonly parameter: string;
  readonly query: URLSearchParams;
  readonly body: JsonValue | undefined;
}

/** Answers one kind of request. */
export type Route = (request: RouteRequest) => Reply | Promise<Reply>;

/** Handlers by path; a path that ends in `/*` has one parameter. */
export type RouteTable = ReadonlyMap<string, Readonly<Partial<Record<'GET' | 'POST', Route>>>>;

/** A handler that cannot do without a body. */
function withBody(handle: (body: JsonValue) => Reply): Route {
  return ({ body }) => (body === undefined ? text(400, 'the request needs a JSON body') : handle(body));
}

/** All routes of a server, without the `/api` prefix. */
export function routeTable(context: ServerContext): RouteTable {
  const intake = new PromptIntake(context);
  return new Map<string, Readonly<Partial<Record<'GET' | 'POST', Route>>>>([
    ['/prompt', { GET: () => getQueueInfo(context), POST: withBody((body) => intake.submit(body)) }],
    ['/queue', { GET: () => getQueue(context), POST: withBody((body) => postQueue(context, body)) }],
    [
      '/history',
      { GET: ({ query }) => getHistory(context, query), POST: withBody((body) => postHistory(context, body)) },
    ],
    ['/history/*', { GET: ({ parameter }) => getHistoryEntry(context, parameter) }],
    ['/view', { GET: ({ query }) => getView(context, query) }],
    ['/interrupt', { POST: ({ body }) => postInterrupt(context, body) }],
    ['/free', { POST: withBody((body) => postFree(context, body)) }],
    ['/object_info', { GET: () => getObjectInfo(context) }],
    ['/object_info/*', { GET: ({ parameter }) => getNodeInfo(context, parameter) }],
    ['/models', { GET: () => getModelFolders() }],
    ['/models/*', { GET: ({ parameter }) => getModels(context, parameter) }],
    ['/embeddings', { GET: () => json([]) }],
    ['/features', { GET: () => json(context.features) }],
    ['/system_stats', { GET: () => getSystemStats(context) }],
  ]);
}

/** The routes of a path and its parameter, undefined for an unknown path. */
export function findRoutes(
  table: RouteTable,
  pathname: string,
): { readonly routes: Readonly<Partial<Record<'GET' | 'POST', Route>>>; readonly parameter: string } | undefined {
  const path = pathname.startsWith('/api/') ? pathname.slice('/api'.length) : pathname;
  const exact = table.get(path);
  if (exact !== undefined) return { routes: exact, parameter: '' };
  const [, start = '', encoded = ''] = /^(\/[^/]+\/)([^/]+)$/.exec(path) ?? [];
  const routes = table.get(`${start}*`);
  if (routes === undefined) return undefined;
  try {
    return { routes, parameter: decodeURIComponent(encoded) };
  } catch {
    return undefined;
  }
}

/** Answer to a method that a path does not have; OPTIONS is 200 and empty, as ComfyUI's. */
export function otherMethod(method: string | undefined): Reply {
  return method === 'OPTIONS' ? empty() : text(405, '405: Method Not Allowed');
}
