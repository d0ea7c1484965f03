import { z } from 'zod';
import { evidenceErrorCodes } from './errors.ts';
import { evidenceFaultCodes } from './fault.ts';
import { sampleRowSchema } from './kinds/sample-row.ts';
import { recordSchemas, schemaNames } from './record.ts';

/** The part of JSON Schema that zod writes for records. */
const nodeSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});
type Node = z.infer<typeof nodeSchema>;

/** A schema may be just true or false: it then says nothing about fields. */
const read = (value: unknown): Node => (typeof value === 'boolean' ? {} : nodeSchema.parse(value));

function typeText(node: Node): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (node.anyOf !== undefined) return node.anyOf.map((part) => typeText(read(part))).join(' or ');
  if (node.prefixItems !== undefined) return `[${node.prefixItems.map((part) => typeText(read(part))).join(', ')}]`;
  if (node.items !== undefined) return `list of ${typeText(read(node.items))}`;
  if (node.type === 'object' && node.properties === undefined) {
    const values = z.object({}).safeParse(node.additionalProperties);
    return values.success ? `map to ${typeText(read(node.additionalProperties))}` : 'object';
  }
  return [node.type ?? 'any'].flat().join(' or ');
}

/** Lines of a field and of the fields below it. */
function fieldRows(path: string, value: unknown): string[] {
  const node = read(value);
  const row = `- \`${path}\` (${typeText(node)})${node.description === undefined ? '' : `: ${node.description}`}`;
  return [row, ...nestedRows(path, node)];
}

function nestedRows(path: string, node: Node): string[] {
  const below = [node, ...(node.anyOf ?? []).map(read)];
  return below.flatMap((part) => {
    const item = part.items === undefined ? null : read(part.items);
    return [
      ...Object.entries(part.properties ?? {}).flatMap(([key, child]) => fieldRows(`${path}.${key}`, child)),
      ...Object.entries(item?.properties ?? {}).flatMap(([key, child]) => fieldRows(`${path}[].${key}`, child)),
    ];
  });
}

function fieldList(schema: z.ZodType, wanted: (key: string) => boolean, prefix = ''): string {
  const root = read(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
  const rows = Object.entries(root.properties ?? {})
    .filter(([key]) => wanted(key))
    .flatMap(([key, child]) =>
      key === 'payload' ? nestedRows('payload', read(child)) : fieldRows(`${prefix}${key}`, child),
    );
  return rows.join('\n');
}

const intro = `# Records

Evidence is JSON in a fixed form, one schema a kind. A record is written once; whoever reads it can check it.

- \`bench/results/<workstream>/<profile>/latest/\`: the latest measurement as a whole: one \`<name>.json\` a record, its artifacts
  (samples as JSON lines, images), and \`seal.json\` with hash and length of every other file. A file that is changed, lost or
  added shows.
- \`bench/results/store/<workstream>/<profile>.jsonl\`: history, one record a line in canonical JSON (RFC 8785), each naming the
  hash of the line before it; \`<profile>.head.json\` says where the chain ends.
- \`bench/results/<gate>/<profile>/\`: what a gate said: verdict.json, verdict.md, contact-sheet.png.

A value that is not known is \`null\`, and \`payload.missing\` gives the reason under the field's path. A record's id is a ULID whose
time is \`createdAt\`. Derived numbers follow from the samples (\`deriveBenchmark\`) and are computed anew when judged. \`prev\` is null
in \`latest\` and set in the store.

This page is generated: \`node apps/cli/bin/run-source.mjs apps/gate-runner/src/main.ts catalogue records > docs/records.md\`.`;

/** The text of docs/records.md: where records lie, and every field of every kind. */
export function renderRecordCatalogue(): string {
  const parts = [
    intro,
    '## Envelope',
    fieldList(recordSchemas.hostBaseline, (key) => key !== 'payload' && key !== 'schema'),
  ];
  for (const [kind, name] of [
    ['hostBaseline', schemaNames.hostBaseline],
    ['engineCheck', schemaNames.engineCheck],
    ['templateRun', schemaNames.templateRun],
    ['serverCheck', schemaNames.serverCheck],
    ['benchmark', schemaNames.benchmark],
    ['datasetCheck', schemaNames.datasetCheck],
    ['trainingRun', schemaNames.trainingRun],
  ] as const) {
    parts.push(
      `## ${name}`,
      fieldList(recordSchemas[kind], (key) => key === 'payload'),
    );
  }
  parts.push(
    '## Sample row',
    'A line of the samples file that `payload.samples` names.',
    fieldList(sampleRowSchema, () => true),
  );
  parts.push('## Faults', 'What a reader reports of evidence on disk.');
  parts.push(
    Object.entries(evidenceFaultCodes)
      .map(([code, meaning]) => `- \`${code}\`: ${meaning}`)
      .join('\n'),
  );
  parts.push('## Errors', 'What a writer ends with.');
  parts.push(
    Object.entries(evidenceErrorCodes)
      .map(([code, { exitCode, meaning, hint }]) => `- \`${code}\` (exit ${exitCode}): ${meaning}. ${hint}.`)
      .join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}
