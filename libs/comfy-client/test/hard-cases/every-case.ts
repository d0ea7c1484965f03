import { connectionCases } from './connection-cases.ts';
import { endingCases } from './ending-cases.ts';
import { eventCases } from './event-cases.ts';
import type { HardCase } from './hard-case.ts';
import { submissionCases } from './submission-cases.ts';

/** Number 21, an abort at each stage, is no script of the server's: `src/run-workflow-abort.test.ts`. */
export const everyCase: readonly HardCase[] = [
  ...submissionCases,
  ...connectionCases,
  ...eventCases,
  ...endingCases,
].toSorted((first, second) => first.number - second.number);
