import type { IncomingHttpHeaders } from 'node:http';

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

function hostname(host: string): string | undefined {
  return /^(\[[\da-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
}

/**
 * Whether a request may come in: its Host names this machine (a foreign name that resolves here is DNS rebinding), and
 * if a browser sent it, the page is of the same origin. Stricter than ComfyUI, which lets `Origin: null` and rebound
 * names pass.
 */
export function isAllowedRequest(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers;
  const name = host === undefined ? undefined : hostname(host);
  if (host === undefined || name === undefined || !loopbackNames.has(name)) return false;
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
