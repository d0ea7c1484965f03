import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** A connection without a client id is given one. */
export const namelessSocketGetsASid: ConformanceCheck = {
  id: 'nameless-socket-gets-a-sid',
  area: 'events',
  statement: 'A connection without a client id is given one',
  async run(context) {
    const socket = await context.connect('/ws');
    const { data } = await socket.until('status', ({ type }) => type === 'status');
    const sid = z.string().min(8).safeParse(data['sid']);
    return compare(true, sid.success);
  },
};
