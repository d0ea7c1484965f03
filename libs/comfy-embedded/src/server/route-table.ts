import type { JsonValue } from '../json/json-value.ts';
import type { FormPart } from './parse-multipart.ts';
import { empty, type Reply, text } from './reply.ts';

/** A request as routes see it: path parameter decoded. */
export interface RouteRequest {
  readonly parameter: string;
  readonly query: URLSearchParams;
}

type Answer = Reply | Promise<Reply>;

/** Answers one kind of request, with the body it takes. */
export type Route =
  | { readonly takes: 'nothing'; readonly answer: (request: RouteRequest) => Answer }
  /** A body of undefined: there was none. */
  | { readonly takes: 'json'; readonly answer: (body: JsonValue | undefined, request: RouteRequest) => Answer }
  | { readonly takes: 'form'; readonly answer: (parts: readonly FormPart[]) => Answer };

/** What is answered under one path. */
export type Methods = Readonly<Partial<Record<'GET' | 'POST' | 'PATCH', Route>>>;

/** Handlers by path; one part of a path may be `*`, the parameter. Paths are without the `/api` prefix. */
export type RouteTable = ReadonlyMap<string, Methods>;

/** A route without body. */
export function plain(answer: (request: RouteRequest) => Answer): Route {
  return { takes: 'nothing', answer };
}

/** A route that takes JSON and can do without. */
export function optionalJson(answer: (body: JsonValue | undefined, request: RouteRequest) => Answer): Route {
  return { takes: 'json', answer };
}

/** A route that cannot do without JSON. */
export function needsJson(answer: (body: JsonValue, request: RouteRequest) => Answer): Route {
  return optionalJson((body, request) =>
    body === undefined ? text(400, 'the request needs a JSON body') : answer(body, request),
  );
}

/** A route that takes a form. */
export function needsForm(answer: (parts: readonly FormPart[]) => Answer): Route {
  return { takes: 'form', answer };
}

/** Answers of ComfyUI that exist under one spelling only: `/internal` without, `/api/jobs` with the prefix. */
function withoutPrefix(pathname: string): string {
  const path = pathname.startsWith('/api/') ? pathname.slice('/api'.length) : pathname;
  return path.startsWith('/internal/') || path === '/jobs' || path.startsWith('/jobs/') ? pathname : path;
}

/** The routes of a path and its parameter, undefined for an unknown path. */
export function findRoutes(
  table: RouteTable,
  pathname: string,
): { readonly methods: Methods; readonly parameter: string } | undefined {
  const path = withoutPrefix(pathname);
  const exact = table.get(path);
  if (exact !== undefined) return { methods: exact, parameter: '' };
  const parts = path.split('/');
  for (const [index, part] of parts.entries()) {
    const methods = index < 2 || part === '' ? undefined : table.get(parts.with(index, '*').join('/'));
    if (methods === undefined) continue;
    try {
      return { methods, parameter: decodeURIComponent(part) };
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** Answer to a method that a path does not have; OPTIONS is 200 and empty, as ComfyUI's. */
export function otherMethod(method: string | undefined): Reply {
  return method === 'OPTIONS' ? empty() : text(405, '405: Method Not Allowed');
}
