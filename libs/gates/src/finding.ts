import { workstreamSchema } from '@dgx-pixels/evidence';
import { z } from 'zod';

/** What a probe can answer. Only `met` speaks for a gate. */
const outcomeSchema = z.enum(['met', 'unmet', 'undecided', 'missing', 'not-applicable', 'error']);
/** What a probe can answer. */
export type Outcome = z.infer<typeof outcomeSchema>;

const quantity = z.union([z.number(), z.string()]).nullable();

/** One answer of one probe about one subject. */
export const findingSchema = z.strictObject({
  probe: z.string().describe('id of the probe: a statement that is true or false'),
  outcome: outcomeSchema,
  subject: z.string().nullable().describe('scenario or workstream that the answer is about'),
  workstream: workstreamSchema.nullable().describe('workstream whose line of the report it decides'),
  message: z.string().describe('what was found, with the values'),
  value: quantity.describe('the value found'),
  threshold: quantity.describe('what it was compared with'),
  unit: z.string().nullable(),
  recordIds: z.array(z.string()).describe('records that the answer rests on'),
  file: z.string().nullable().describe('file of the workspace to look at'),
  remediation: z.string().nullable().describe('command to type next; null if the statement holds'),
});
/** One answer of one probe about one subject. */
export type Finding = z.infer<typeof findingSchema>;

/** The parts of a finding that a probe states; the rest is filled in by the runner. */
export type Answer = Pick<Finding, 'outcome' | 'message'> & Partial<Omit<Finding, 'probe' | 'outcome' | 'message'>>;
