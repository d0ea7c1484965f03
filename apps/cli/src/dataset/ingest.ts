import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { arrangeDataset, ingestSources, type IngestRequest, packPackage } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { faultData, faultLines } from './fault-lines.ts';

export interface DatasetIngestOptions {
  readonly into: string;
  readonly scale?: number;
  readonly sheet?: string;
  readonly licence?: string;
  readonly author?: string;
  readonly url?: string;
  readonly notice?: string;
  readonly licences?: string;
  readonly title?: string;
  readonly trigger?: string;
  readonly palette?: string;
  readonly heldOut: number;
}

type Source = IngestRequest['sources'][number];

/** Takes pictures into a dataset, finds what belongs together, and chooses what is held out. */
export async function datasetIngest(
  context: CommandContext,
  sources: readonly string[],
  options: DatasetIngestOptions,
): Promise<CommandResult> {
  const { progress, signal, workingDirectory } = context;
  const into = resolve(workingDirectory, options.into);
  const folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-dataset-'));
  try {
    const requests: Source[] = [];
    for (const source of sources) requests.push(await sourceOf(context, source, options.sheet, folder));
    const onProgress = (done: number, total: number): void => progress.update('taking in pictures', done / total);
    const ingested = await ingestSources(await requestOf(context, requests, into, options), { signal, onProgress });
    if (ingested.images === 0) {
      return report(options.into, { ...ingested, heldOut: 0, groups: 0 }, exitCodes.answerIsNo);
    }
    const onCompared = (done: number, total: number): void => progress.update('looking for duplicates', done / total);
    const arranged = await arrangeDataset(into, {
      companions: ingested.companions,
      signal,
      onProgress: onCompared,
    });
    const faults = [...ingested.faults, ...arranged.faults];
    const left = faults.length === 0 ? exitCodes.done : exitCodes.partlyDone;
    return report(options.into, { ...ingested, ...arranged, faults }, left);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Ingested {
  readonly images: number;
  readonly added: number;
  readonly kept: number;
  readonly heldOut: number;
  readonly groups: number;
  readonly faults: Parameters<typeof faultLines>[0];
}

function report(into: string, found: Ingested, exitCode: number): CommandResult {
  const { images, added, kept, heldOut, groups, faults } = found;
  const sums = `${into}: ${images} pictures (${added} new, ${kept} as before) in ${groups} groups, ${heldOut} held out`;
  const text = [sums, ...faultLines(faults)].join('\n');
  const data = { dataset: into, images, added, kept, groups, heldOut, faults: faultData(faults) };
  return { exitCode, data, text, next: images === 0 ? [] : [`npx dgx-pixels dataset caption ${into}`] };
}

/** A folder, a picture, a zip archive, or an npm package with a version. */
async function sourceOf(
  context: CommandContext,
  source: string,
  sheetText: string | undefined,
  folder: string,
): Promise<Source> {
  const sheet = sheetText === undefined ? null : parseSheet(sheetText);
  const path = resolve(context.workingDirectory, source);
  const status = await stat(path).catch(() => null);
  if (status?.isDirectory() === true) return { kind: 'folder', path, sheet };
  if (status !== null) return { kind: /\.zip$/i.test(path) ? 'zip' : 'file', path, sheet };
  const [, name, version] = /^npm:((?:@[\w.-]+\/)?[\w.-]+)@([\w.+-]+)$/.exec(source) ?? [];
  if (name === undefined || version === undefined) {
    throw new CliError(
      'CLI_INPUT_UNREADABLE',
      `${source} is no folder, picture or archive; packages are written npm:name@version`,
    );
  }
  context.progress.update(`fetching ${name}@${version}`);
  const packed = await packPackage(name, version, folder, { signal: context.signal });
  return { kind: 'package', path: packed.path, package: name, integrity: packed.integrity, sheet };
}

/** `16x16`, `16x16+1+2` (margin, spacing), `gutters`, `components` or `atlas`. */
function parseSheet(text: string): NonNullable<Source['sheet']> {
  if (text === 'gutters' || text === 'components' || text === 'atlas') return { layout: text };
  const [, width, height, margin = '0', spacing = '0'] = /^(\d+)x(\d+)(?:\+(\d+)(?:\+(\d+))?)?$/.exec(text) ?? [];
  if (width === undefined || height === undefined) {
    throw new CliError(
      'CLI_USAGE',
      `--sheet ${text.slice(0, 40)}: expected WIDTHxHEIGHT+MARGIN+SPACING, gutters, components or atlas`,
    );
  }
  return {
    layout: 'grid',
    width: Number(width),
    height: Number(height),
    margin: Number(margin),
    spacing: Number(spacing),
  };
}

async function requestOf(
  context: CommandContext,
  sources: Source[],
  into: string,
  options: DatasetIngestOptions,
): Promise<IngestRequest> {
  const { licence, author = null, url = null, notice, licences, title, trigger, palette, heldOut, scale } = options;
  const at = (path: string): string => resolve(context.workingDirectory, path);
  const noticeText = notice === undefined ? null : await readText(at(notice));
  const given = licence !== undefined || author !== null || url !== null || noticeText !== null;
  return {
    into,
    sources,
    scale: scale ?? null,
    licence: given ? { spdx: licence ?? null, author, url, notice: noticeText } : null,
    licencesFile: licences === undefined ? null : at(licences),
    dataset: {
      heldOut: heldOut === 5 ? 5 : 10,
      ...(title !== undefined && { title }),
      ...(trigger !== undefined && { trigger }),
      ...(palette !== undefined && { palette: palette.toLowerCase().split(',') }),
    },
  };
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CliError('CLI_INPUT_UNREADABLE', `${path} cannot be read`, { cause });
  });
}
