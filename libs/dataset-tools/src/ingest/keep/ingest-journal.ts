import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type PreparedFile, preparedFileSchema } from '../prepare/prepared-file.ts';
import { writeWhole } from './write-whole.ts';

const headSchema = z.strictObject({
  schema: z.literal('dgx-pixels/ingest-journal/v1'),
  request: z.string(),
  leftovers: z.array(z.string()).describe('hashes that an ingest with another request stored and did not list'),
});
const lineSchema = z.strictObject({
  origin: z.string(),
  path: z.string(),
  stamp: z.string(),
  prepared: preparedFileSchema,
});

/** A file that was taken in, and by what it is known to be the same file later. */
export type JournalLine = z.infer<typeof lineSchema>;

/** What an ingest has done up to now; it survives the process. */
export interface IngestJournal {
  /** What became of a file in an earlier run with the same request; null if it is new or has changed. */
  find(origin: string, path: string, stamp: string): PreparedFile | null;
  append(lines: readonly JournalLine[]): void;
  /** Hashes that were stored by this ingest or an abandoned one before it. */
  stored(): ReadonlySet<string>;
  /** Lets go of the file; the next run goes on from it. */
  close(): Promise<void>;
  /** Ends the journal: the manifest says it all. */
  remove(): Promise<void>;
}

/**
 * Opens the journal of a dataset, or begins one. A line that a kill cut off is dropped; the journal of another request is
 * replaced, but what it stored is remembered as left over.
 *
 * @param request hash of the request
 * @throws the file system's own error when it cannot be written
 */
export async function openJournal(path: string, request: string): Promise<IngestJournal> {
  const earlier = await readJournal(path);
  const goesOn = earlier !== null && earlier.request === request;
  const lines = new Map<string, PreparedFile>();
  const stored = new Set(earlier?.leftovers);
  for (const line of earlier?.lines ?? []) {
    if (goesOn) lines.set(keyOf(line), line.prepared);
    hashesOf(line.prepared).forEach((hash) => stored.add(hash));
  }
  const head = { schema: 'dgx-pixels/ingest-journal/v1', request, leftovers: [...stored] };
  if (!goesOn) await writeFile(path, `${JSON.stringify(head)}\n`);
  const file = await open(path, 'a');
  if (goesOn) await file.truncate(earlier.wholeBytes);
  return {
    find: (origin, file, stamp) => lines.get(keyOf({ origin, path: file, stamp })) ?? null,
    append(added) {
      writeWhole(file.fd, Buffer.from(added.map((line) => `${JSON.stringify(line)}\n`).join('')));
      for (const { prepared } of added) hashesOf(prepared).forEach((hash) => stored.add(hash));
    },
    stored: () => stored,
    close: () => file.close(),
    remove: () => rm(path, { force: true }),
  };
}

function keyOf({ origin, path, stamp }: Omit<JournalLine, 'prepared'>): string {
  return JSON.stringify([origin, path, stamp]);
}

function hashesOf({ sha256, pictures }: PreparedFile): readonly string[] {
  return [...(sha256 === null || pictures.length === 0 ? [] : [sha256]), ...pictures.map(({ id }) => id)];
}

interface EarlierJournal extends z.infer<typeof headSchema> {
  readonly lines: readonly JournalLine[];
  readonly wholeBytes: number;
}

async function readJournal(path: string): Promise<EarlierJournal | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first, ...rest] = whole.split('\n').filter((line) => line !== '');
  const head = headSchema.safeParse(parseJson(first ?? ''));
  if (!head.success) return null;
  const lines: JournalLine[] = [];
  for (const line of rest) {
    const parsed = lineSchema.safeParse(parseJson(line));
    if (parsed.success) lines.push(parsed.data);
  }
  return { ...head.data, lines, wholeBytes: Buffer.byteLength(whole) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
