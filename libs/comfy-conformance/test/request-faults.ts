import { sentJson } from './alter.ts';
import type { PlantedFault } from './planted-fault.ts';

/** Faults of requests that do not arrive as they were sent. */
export const requestFaults: readonly PlantedFault[] = [
  {
    name: 'an interrupt is for whatever runs',
    faults: () => sentJson(/^\/interrupt$/, (body) => delete body['prompt_id']),
    found: ['interrupt-of-another-id-does-nothing'],
  },
  {
    name: 'an interrupt does nothing',
    faults: () => sentJson(/^\/interrupt$/, (body) => (body['prompt_id'] = 'another')),
    found: ['interrupt-ends-the-named-prompt'],
  },
  {
    name: 'deleting from the queue does nothing',
    faults: () => sentJson(/^\/queue$/, (body) => (body['delete'] = [])),
    found: ['deleted-prompt-leaves-no-trace'],
  },
  {
    name: 'numbers of clients are ignored',
    faults: () => sentJson(/^\/prompt$/, (body) => delete body['number']),
    found: ['lower-number-runs-first', 'number-of-the-client-is-kept'],
  },
  {
    name: 'nobody gets to the front',
    faults: () => sentJson(/^\/prompt$/, (body) => delete body['front']),
    found: ['front-runs-before-what-waits', 'front-gets-a-negative-number'],
  },
  {
    name: 'overwrite is ignored',
    faults: () => ({
      request: (path, body) =>
        path === '/upload/image'
          ? Buffer.from(body.toString('latin1').replace('"overwrite"', '"overwrits"'), 'latin1')
          : body,
    }),
    found: ['overwrite-replaces'],
  },
];
