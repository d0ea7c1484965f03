import { decodeTime } from 'ulid';
import { z } from 'zod';
import { relativePathSchema } from './relative-path.ts';

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');

/** Workstreams that write records. */
export const workstreamSchema = z.enum(['foundation', 'ws-04', 'ws-05', 'ws-06', 'ws-07']);
/** Workstream that writes records. */
export type Workstream = z.infer<typeof workstreamSchema>;

/** Name of a profile: `bench/profiles/<name>.toml`. */
export const profileNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a profile name');

/** Which software wrote the record. */
const toolInfoSchema = z.strictObject({
  version: z.string().min(1).max(80).describe('version of the workspace'),
  gitSha: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable()
    .describe('commit, null outside of a repository'),
  dirty: z.boolean().nullable().describe('whether the work tree had changes'),
});
/** Which software wrote the record. */
export type ToolInfo = z.infer<typeof toolInfoSchema>;

/** Which host was measured; `hostIdSha256` is a hash, never the host's name. */
const fingerprintSchema = z.strictObject({
  hostIdSha256: sha256Schema.describe('hash of the machine id'),
  platform: z.string().min(1).max(40).describe('process.platform'),
  arch: z.string().min(1).max(40).describe('process.arch'),
  cpuModel: z.string().max(200),
  cpuCount: z.number().int().min(1).max(65_536),
  memoryTotalBytes: z.number().int().min(1),
  kernel: z.string().max(200),
  gpuName: z.string().max(200).nullable().describe('null without an NVIDIA GPU'),
});
/** Which host was measured. */
export type Fingerprint = z.infer<typeof fingerprintSchema>;

/** Which engine generated the images. */
const engineInfoSchema = z.strictObject({
  kind: z.enum(['embedded', 'comfyui']),
  version: z.string().min(1).max(120),
  argvSha256: sha256Schema.nullable().describe('hash of the server’s command line, null where it has none'),
  modelSha256: z.array(sha256Schema).max(256).describe('model files in use'),
});
/** Which engine generated the images. */
export type EngineInfo = z.infer<typeof engineInfoSchema>;

/** A file that went into a measurement, by its path in the workspace. */
export const inputRefSchema = z.strictObject({ path: relativePathSchema, sha256: sha256Schema });
/** A file that went into a measurement. */
export type InputRef = z.infer<typeof inputRefSchema>;

/** A file that belongs to a record, by its path in the measurement folder. */
export const artifactRefSchema = z.strictObject({
  path: relativePathSchema,
  sha256: sha256Schema,
  bytes: z.number().int().min(0),
});
/** A file that belongs to a record. */
export type ArtifactRef = z.infer<typeof artifactRefSchema>;

/** Whether the time inside the record's ULID is its `createdAt`: shifting one of both is noticed. */
function hasHonestTime(record: { id: string; createdAt: string }): boolean {
  try {
    return decodeTime(record.id) === Date.parse(record.createdAt);
  } catch {
    return false;
  }
}

const envelopeFields = {
  id: z
    .string()
    .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a ULID')
    .describe('ULID; its time part equals createdAt'),
  createdAt: z.iso.datetime({ precision: 3 }).describe('UTC, milliseconds'),
  origin: z.enum(['measured', 'simulated']).describe('simulated evidence can never satisfy a gate'),
  profile: profileNameSchema,
  workstream: workstreamSchema,
  tool: toolInfoSchema,
  host: fingerprintSchema,
  engine: engineInfoSchema.nullable().describe('null where no engine took part'),
  inputs: z.array(inputRefSchema).max(1024),
  artifacts: z.array(artifactRefSchema).max(4096),
  prev: sha256Schema.nullable().describe('SHA-256 of the line before it in the store; null in a measurement folder'),
};

/** Envelope of any record, whatever its kind; the payload is not looked into. */
export const recordEnvelopeSchema = z
  .strictObject({
    schema: z.string().regex(/^dgx-pixels\/[a-z][a-z0-9-]*\/v[1-9][0-9]*$/, 'must be dgx-pixels/<kind>/v<n>'),
    ...envelopeFields,
    payload: z.unknown(),
  })
  .refine(hasHonestTime, { path: ['id'], message: 'time part of the id differs from createdAt' });

/** Schema of a record of one kind. */
export function recordSchemaOf<const Name extends string, Payload extends z.ZodType>(schema: Name, payload: Payload) {
  return z
    .strictObject({ schema: z.literal(schema), ...envelopeFields, payload })
    .refine((record) => hasHonestTime(record as { id: string; createdAt: string }), {
      path: ['id'],
      message: 'time part of the id differs from createdAt',
    });
}
