import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from './errors.ts';
import { recordFileName } from './generate-folder.ts';

const lineSchema = z.object({
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the run, below the output folder. */
  folder: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
});

/** A request that was done. */
type JournalLine = z.infer<typeof lineSchema>;

/** Which requests of earlier batches in an output folder are done. */
export interface BatchJournal {
  /** The folder that holds the pictures of a request, if they are still there. */
  find(fingerprint: string): Promise<string | null>;
  /** Writes down that a request is done. @throws CliError CLI_OUTPUT_UNWRITABLE */
  add(line: JournalLine): Promise<void>;
}

/** Opens the journal of an output folder. Lines that were cut off, or are none of ours, do not count. */
export async function openBatchJournal(outputFolder: string): Promise<BatchJournal> {
  const path = join(outputFolder, 'batch-journal.jsonl');
  const text = await readFile(path, 'utf8').catch(() => '');
  const done = new Map(text.split('\n').flatMap(readLine));
  // A line that a kill cut off must not swallow the next one.
  let separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    async find(fingerprint) {
      const folder = done.get(fingerprint);
      if (folder === undefined) return null;
      const whole = await stat(join(outputFolder, folder, recordFileName)).then(
        (status) => status.isFile(),
        () => false,
      );
      return whole ? folder : null;
    },
    async add(line) {
      try {
        await appendFile(path, `${separator}${JSON.stringify(line)}\n`, { flush: true });
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new CliError('CLI_OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, { cause, details: { path } });
      }
      separator = '';
      done.set(line.fingerprint, line.folder);
    },
  };
}

function readLine(text: string): readonly (readonly [string, string])[] {
  try {
    const { fingerprint, folder } = lineSchema.parse(JSON.parse(text));
    return [[fingerprint, folder]];
  } catch {
    return [];
  }
}
