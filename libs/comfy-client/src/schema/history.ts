import { z } from 'zod';

/** A file that a node saved on the server. All three parts come from the server: check them before joining paths. */
export interface ImageReference {
  readonly nodeId: string;
  readonly filename: string;
  readonly subfolder: string;
  /** `output`, `temp` or `input`. */
  readonly type: string;
}

/** One entry of a prompt's event log, as history keeps it. */
export interface HistoryMessage {
  /** Event name, such as `execution_success`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the server remembers of a prompt that ended. */
export interface HistoryEntry {
  /** Node id → what the node reported, by kind (`images`, `text`, …). Values beyond images are the nodes' own business. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** `success` or `error`; null where the server gives no status. */
  readonly statusText: string | null;
  readonly messages: readonly HistoryMessage[];
}

const objectSchema = z.record(z.string(), z.unknown());

const messageSchema = z
  .tuple([z.string(), z.unknown()])
  .rest(z.unknown())
  .transform(([type, data]): HistoryMessage => ({ type, data: objectSchema.catch({}).parse(data) }));

const entrySchema = z
  .object({
    outputs: z.record(z.string(), objectSchema.catch({})).default({}),
    status: z.object({ status_str: z.string().nullish(), messages: z.array(messageSchema).nullish() }).nullish(),
  })
  .transform((entry): HistoryEntry => ({
    outputs: entry.outputs,
    statusText: entry.status?.status_str ?? null,
    messages: entry.status?.messages ?? [],
  }));

/** `GET /history/{id}` and `GET /history`: prompt id → entry. */
export const historySchema = z.record(z.string(), entrySchema);

const imageSchema = z.object({
  filename: z.string().min(1),
  subfolder: z.string().default(''),
  type: z.string().default('output'),
});

/** The files among a node's output; other kinds of output are passed over. */
export function imagesOf(nodeId: string, output: Readonly<Record<string, unknown>>): ImageReference[] {
  const images: unknown[] = Array.isArray(output['images']) ? output['images'] : [];
  return images.flatMap((image) => {
    const parsed = imageSchema.safeParse(image);
    return parsed.success ? [{ nodeId, ...parsed.data }] : [];
  });
}
