import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';

/** Events that begin with execution_ carry the time in milliseconds. */
export const executionEventsCarryTheServersTime: ConformanceCheck = {
  id: 'execution-events-carry-the-servers-time',
  area: 'events',
  statement: 'Events that begin with execution_ carry the time in milliseconds',
  async run(context) {
    const { events } = await runToSuccess(context, shownPicture());
    const times = events
      .filter(({ type }) => type.startsWith('execution_'))
      .map(({ data }) => z.int().min(1_500_000_000_000).safeParse(data['timestamp']));
    const values = times.map((time) => (time.success ? time.data : -1));
    return compare(
      { count: 3, sorted: [...values].sort((a, b) => a - b), sound: true },
      { count: values.length, sorted: values, sound: !values.includes(-1) },
    );
  },
};
