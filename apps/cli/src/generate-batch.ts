import { basename, join } from 'node:path';
import { adaptersOf, type EngineHandle } from '@dgx-pixels/comfy-host';
import { tryFileLock } from '@dgx-pixels/evidence';
import { openChosenEngine } from './choose-engine.ts';
import { toCodedError } from './coded-error.ts';
import type { CommandContext } from './command-context.ts';
import { errorRegistry } from './error-registry.ts';
import { CliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { type BatchRequest, readBatchFile } from './generate-batch-file.ts';
import { type BatchJournal, openBatchJournal } from './generate-batch-journal.ts';
import { writeRunFolder } from './generate-folder.ts';
import { runRequested } from './generate-template.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import type { CommandResult } from './output/envelope.ts';
import { plainText } from './output/plain-text.ts';

export interface GenerateBatchOptions {
  readonly output: string;
  readonly url?: string;
}

/** What became of one request. */
type Entry = { readonly place: string; readonly template: string } & (
  | { readonly status: 'done' | 'skipped'; readonly folder: string }
  | { readonly status: 'failed'; readonly code: string; readonly message: string; readonly hint: string }
  | { readonly status: 'not-run' }
);

/** Without a server no further request can succeed. */
const serverGone = ['COMFY_UNREACHABLE', 'COMFY_CONNECTION_LOST', 'COMFY_TIMEOUT', 'CLI_OUTPUT_UNWRITABLE'];

/**
 * Makes the pictures of many requests, one after the other. What an earlier batch in the same output folder has done is
 * skipped; a request that fails leaves the others alone.
 */
export async function generateBatch(
  context: CommandContext,
  file: string,
  options: GenerateBatchOptions,
): Promise<CommandResult> {
  const { workingDirectory } = context;
  const requests = await readBatchFile(context, file);
  const output = await makeOutputFolder(workingDirectory, options.output);
  const lock = await tryFileLock(join(output, 'batch.lock'));
  if ('heldBy' in lock) {
    throw new CliError('CLI_OUTPUT_BUSY', `process ${lock.heldBy} is writing a batch into ${output}`);
  }
  try {
    return summarise(file, options, output, await runRequests(context, options.url, requests, output));
  } finally {
    await lock.release();
  }
}

async function runRequests(
  context: CommandContext,
  url: string | undefined,
  requests: readonly BatchRequest[],
  output: string,
): Promise<readonly Entry[]> {
  const { signal, progress } = context;
  const journal = await openBatchJournal(output);
  const pending = [];
  for (const request of requests) if ((await journal.find(request.fingerprint)) === null) pending.push(request);
  const entries: Entry[] = [];
  if (pending.length > 0) progress.update('starting the engine');
  const adapters = [
    ...adaptersOf(pending.map(({ loaded }) => loaded)),
    ...pending.flatMap(({ requested }) => requested.adapters),
  ];
  const engine = pending.length === 0 ? null : await openChosenEngine(url, { signal, adapters });
  try {
    for (const [index, request] of requests.entries()) {
      const part = [index / requests.length, (index + 1) / requests.length] as const;
      const stopped = entries.some((entry) => entry.status === 'failed' && serverGone.includes(entry.code));
      const entry = stopped ? notRun(request) : await runEntry(context, { engine, journal, output, part }, request);
      entries.push(entry);
      context.emit('request', { index, of: requests.length, ...entry });
    }
  } finally {
    await engine?.close();
  }
  return entries;
}

interface Surroundings {
  /** Null when everything is done already. */
  readonly engine: EngineHandle | null;
  readonly journal: BatchJournal;
  readonly output: string;
  readonly part: readonly [number, number];
}

async function runEntry(context: CommandContext, given: Surroundings, request: BatchRequest): Promise<Entry> {
  const { engine, journal, output, part } = given;
  const { place, loaded, requested, fingerprint } = request;
  const about = { place, template: loaded.name };
  const earlier = await journal.find(fingerprint);
  if (earlier !== null || engine === null) return { ...about, status: 'skipped', folder: earlier ?? '' };
  context.progress.update(`${place}: ${loaded.name}`, part[0]);
  try {
    const run = await runRequested(context, engine, loaded, requested, part);
    const { folder } = await writeRunFolder(context, output, loaded, run, engine);
    await journal.add({ fingerprint, folder: basename(folder) });
    return { ...about, status: 'done', folder: basename(folder) };
  } catch (error) {
    context.signal.throwIfAborted();
    const { code, message, hint } = toCodedError(error);
    return { ...about, status: 'failed', code, message, hint };
  }
}

function notRun({ place, loaded }: BatchRequest): Entry {
  return { place, template: loaded.name, status: 'not-run' };
}

function summarise(
  file: string,
  options: GenerateBatchOptions,
  output: string,
  entries: readonly Entry[],
): CommandResult {
  const count = (status: Entry['status']): number => entries.filter((entry) => entry.status === status).length;
  const counts = { done: count('done'), skipped: count('skipped'), failed: count('failed'), notRun: count('not-run') };
  const lines = entries.map((entry) => line(entry, output));
  const good = counts.done + counts.skipped;
  const sums = [`${counts.done} done`, `${counts.skipped} done before`, `${counts.failed} failed`];
  if (counts.notRun > 0) sums.push(`${counts.notRun} not run`);
  const next = good === entries.length ? [] : [`npx dgx-pixels generate batch ${file} --output ${options.output}`];
  return {
    exitCode: exitCodeOf(good, entries),
    data: { output, counts, entries },
    text: plainText([...lines, sums.join(', ')].join('\n')),
    next,
  };
}

function line(entry: Entry, output: string): string {
  const subject = `${entry.place.padEnd(12)} ${entry.template.padEnd(14)}`;
  if (entry.status === 'failed') return `✖ fail  ${subject} ${entry.message} [${entry.code}]`;
  if (entry.status === 'not-run') return `– none  ${subject} not run`;
  return `✔ ok    ${subject} ${join(output, entry.folder)}${entry.status === 'skipped' ? ' (done before)' : ''}`;
}

/** 0 if all is done, 7 if some of it, else the code of the first failure. */
function exitCodeOf(good: number, entries: readonly Entry[]): number {
  if (good === entries.length) return exitCodes.done;
  if (good > 0) return exitCodes.partlyDone;
  const first = entries.find((entry) => entry.status === 'failed');
  return first?.status === 'failed' ? exitCodeFor(first.code) : exitCodes.internalFailure;
}

function exitCodeFor(code: string): number {
  return errorRegistry.get(code)?.exitCode ?? exitCodes.internalFailure;
}
