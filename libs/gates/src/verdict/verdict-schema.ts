import { sha256Schema, workstreamSchema } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { findingSchema } from '../finding.ts';

/** Schema of verdict.json. */
export const verdictSchema = z.strictObject({
  schema: z.literal('dgx-pixels/verdict/v1'),
  gate: z.enum(['m0', 'm1', 'm3']),
  profile: z.enum(['embedded', 'comfyui', 'gb10-fast', 'gb10-full']),
  result: z.enum(['pass', 'fail', 'undecided']),
  exitCode: z.union([z.literal(0), z.literal(3), z.literal(6), z.literal(8)]),
  statement: z.string().describe('the last line of the report'),
  judgesGb10: z.boolean().describe('false: the verdict says nothing about a DGX Spark'),
  judgedAt: z.iso.datetime({ precision: 3 }),
  policy: z.strictObject({ path: z.string(), sha256: sha256Schema }),
  evidence: z.array(
    z.strictObject({ workstream: workstreamSchema, path: z.string(), sha256: sha256Schema, recordId: z.string() }),
  ),
  required: z.array(z.string()).describe('probes that decided'),
  findings: z.array(findingSchema),
});

/** What a gate says, and every finding that it rests on. */
export type Verdict = z.infer<typeof verdictSchema>;
