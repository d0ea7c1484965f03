import type { ConformanceCheck } from '../check.ts';
import { compare, notAvailable } from '../finding.ts';

/** On a loopback address, a request from a page of another origin is 403. */
export const foreignOriginIsRefused: ConformanceCheck = {
  id: 'foreign-origin-is-refused',
  area: 'routes',
  statement: 'On a loopback address, a request from a page of another origin is 403',
  async run(context) {
    const { hostname } = new URL(context.target.url);
    if (hostname !== '127.0.0.1' && hostname !== '[::1]')
      return notAvailable('the rule holds for loopback addresses only');
    const reply = await context.ask('/prompt', { headers: { Origin: 'http://dgx-pixels.example' } });
    return compare(403, reply.status);
  },
};
