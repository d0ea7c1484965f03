import http from 'node:http';

import { createComfyClient, type ComfyClient } from '../src/client.ts';

/** What {@link openAnswering} gives. */
export interface Answering {
  /** Starts a server that answers `METHOD path?query` with these texts, all else with 404. */
  readonly clientOf: (answers: Readonly<Record<string, string>>) => Promise<ComfyClient>;
  /** Each request since the last start: route, content type, body. */
  readonly seen: string[];
  readonly close: () => void;
}

/** One server at a time with fixed answers, to see what a verb sends and makes of the answer. */
export function openAnswering(): Answering {
  let server: http.Server | null = null;
  const seen: string[] = [];
  return {
    seen,
    clientOf: async (answers) => {
      seen.length = 0;
      const listener = http.createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (text: string) => (body += text));
        request.on('end', () => {
          const route = `${request.method ?? ''} ${request.url ?? ''}`;
          seen.push(`${route} ${request.headers['content-type']?.split(';')[0] ?? '-'} ${body}`);
          response.writeHead(Object.hasOwn(answers, route) ? 200 : 404).end(answers[route]);
        });
      });
      server = listener;
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      const address = listener.address();
      return createComfyClient({ url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}` });
    },
    close: () => {
      server?.close();
      server = null;
    },
  };
}
