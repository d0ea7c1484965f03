import {
  parseExactJson,
  parseWorkflowGraph,
  readPngTexts,
  readPngWorkflow,
  type WorkflowGraph,
} from '@dgx-pixels/comfy-client';
import { originKeyword, readPicture } from '@dgx-pixels/comfy-host';
import { parseRecord } from '@dgx-pixels/evidence';
import type { Raster } from '@dgx-pixels/pixel-art';
import { z } from 'zod';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';
import { readInputFile, readInputJson } from './read-input-file.ts';

const originSchema = z.object({
  template: z.string(),
  picture: z.union([z.literal('sheet'), z.int().min(1)]),
  engine: z.object({ kind: z.string(), version: z.string(), modelSha256: z.array(z.string()) }),
});

/** A request as an earlier run left it, and what came of it then. */
export interface ReplaySource {
  readonly graph: WorkflowGraph;
  /** Null for a picture that no template finished. */
  readonly template: string | null;
  /** Null where the source does not tell. */
  readonly engine: z.infer<typeof originSchema>['engine'] | null;
  /** Parameters of the template; null where the source does not tell. */
  readonly parameters: Readonly<Record<string, string | number>> | null;
  readonly pictures:
    | {
        readonly kind: 'record';
        readonly receivedSha256: readonly string[];
        readonly finishedSha256: readonly string[];
      }
    | { readonly kind: 'finished'; readonly which: number | 'sheet'; readonly raster: Raster }
    | { readonly kind: 'received'; readonly raster: Raster };
}

/**
 * Reads what is to be done again: a `record.json` of a template's run, a finished picture of one, or any PNG as a ComfyUI
 * server wrote it.
 *
 * @throws CliError CLI_REPLAY_IMPOSSIBLE, CLI_INPUT_UNREADABLE; ComfyClientError COMFY_PICTURE_UNUSABLE, COMFY_GRAPH_INVALID
 */
export async function readReplaySource(context: CommandContext, path: string): Promise<ReplaySource> {
  return /\.json$/i.test(path) ? readRecord(context, path) : readPng(context, path);
}

async function readRecord(context: CommandContext, path: string): Promise<ReplaySource> {
  const parsed = parseRecord(await readInputJson(context, path));
  if (!parsed.ok) throw impossible(path, `it is no record: ${parsed.problems.slice(0, 3).join('; ')}`);
  const { record } = parsed;
  if (record.schema !== 'dgx-pixels/template-run/v1') throw impossible(path, `it is a ${record.schema}`);
  const { payload, engine } = record;
  return {
    graph: parseWorkflowGraph(parseGraphText(path, payload.graph)),
    template: payload.template,
    engine,
    parameters: payload.parameters,
    pictures: {
      kind: 'record',
      receivedSha256: payload.images.map(({ received }) => received.pixelsSha256),
      finishedSha256: payload.images.map(({ finished }) => finished.pixelsSha256),
    },
  };
}

async function readPng(context: CommandContext, path: string): Promise<ReplaySource> {
  const bytes = await readInputFile(context, path);
  const graph = readPngWorkflow(bytes);
  const { raster } = await readPicture(bytes);
  const text = readPngTexts(bytes).get(originKeyword);
  if (text === undefined) {
    return { graph, template: null, engine: null, parameters: null, pictures: { kind: 'received', raster } };
  }
  const origin = originSchema.safeParse(parseGraphText(path, text));
  if (!origin.success) throw impossible(path, `its text ${originKeyword} does not say how it was made`);
  const { template, picture: which, engine } = origin.data;
  return { graph, template, engine, parameters: null, pictures: { kind: 'finished', which, raster } };
}

function parseGraphText(path: string, text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (cause) {
    throw impossible(path, 'a part of it is no JSON', cause);
  }
}

function impossible(path: string, reason: string, cause?: unknown): CliError {
  return new CliError('CLI_REPLAY_IMPOSSIBLE', `${path} cannot be replayed: ${reason}`, { cause, details: { path } });
}
