import { z } from 'zod';
import type { PixelEngine } from '../engine/pixel-engine.ts';
import { EmbeddedServerError } from '../errors.ts';
import type { NodeClass } from '../nodes/define-node.ts';
import { faultSchema } from './fault-plan.ts';
import { serverLimitsSchema } from './server-limits.ts';

const optionsSchema = z.strictObject({
  /** Stays open when the server closes. Absent: the bundled model's engine is opened, and closed with the server. */
  engine: z.custom<PixelEngine>().optional(),
  /** Classes beside the built-in ones. */
  nodes: z.custom<readonly NodeClass[]>().default([]),
  /** Always the loopback interface. */
  host: z.literal('127.0.0.1').default('127.0.0.1'),
  /** 0 (default) takes a free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** SaveImage writes here; made if absent. */
  outputDirectory: z.string(),
  /** Uploads come here; made if absent. By default a fresh directory that goes when the server closes. */
  inputDirectory: z.string().optional(),
  /**
   * PreviewImage writes into `temp` in this directory, which is emptied at start and removed at the end. By default in a
   * fresh directory.
   */
  tempDirectory: z.string().optional(),
  /** Has `loras`, `embeddings`, … with safetensors files. */
  modelsDirectory: z.string().optional(),
  /** How long node results are kept: ComfyUI's default, its `--cache-none`, its `--cache-lru N`. */
  cache: z
    .union([z.enum(['classic', 'none']), z.strictObject({ lru: z.number().int().min(1).max(1000) })])
    .default('classic'),
  /** Whether samplers send pictures of unfinished work; ComfyUI's default is no. */
  previews: z.boolean().default(false),
  /** Whether `/api/jobs` is there, as in ComfyUI from 0.26 on; known from documents only. */
  jobsApi: z.boolean().default(false),
  /** By which release's rules requests are judged; those of 0.38 are known from documents only. */
  rules: z.enum(['0.3.64', '0.38']).default('0.3.64'),
  faults: faultSchema.prefault({}),
  /** Called when a fault plan lets the server die, after its connections are cut. */
  onCrash: z.custom<() => void>().default(() => () => undefined),
  limits: serverLimitsSchema.prefault({}),
});

/** How to start the embedded server. */
export type EmbeddedServerOptions = z.input<typeof optionsSchema>;

/** Options in force. */
export type ServerOptions = z.output<typeof optionsSchema>;

/**
 * Fills in the defaults.
 *
 * @throws EmbeddedServerError `EMBEDDED_BAD_OPTION` naming every wrong member.
 */
export function readServerOptions(options: EmbeddedServerOptions): ServerOptions {
  const reading = optionsSchema.safeParse(options);
  if (reading.success) return reading.data;
  const faults = reading.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new EmbeddedServerError('EMBEDDED_BAD_OPTION', faults.join('; '), { details: { faults } });
}
