import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkLicences, countLicences, readManifest, writePapers } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { faultData, faultLines } from './fault-lines.ts';

export interface DatasetLicenceOptions {
  readonly exclude?: string;
  readonly published?: string;
}

/** Judges the licence of every picture, and writes CREDITS.md, the data card and croissant.json. */
export async function datasetLicence(
  { workingDirectory }: CommandContext,
  dataset: string,
  { exclude, published }: DatasetLicenceOptions,
): Promise<CommandResult> {
  const folder = resolve(workingDirectory, dataset);
  const { images } = await readManifest(folder);
  const faults = checkLicences(
    images,
    await readExclusions(exclude === undefined ? null : resolve(workingDirectory, exclude)),
  );
  const papers = await writePapers(folder, published ?? new Date().toISOString().slice(0, 10));
  const licences = countLicences(images);
  const sums = `${dataset}: ${licences.map(({ spdx, pictures }) => `${spdx} ${pictures}`).join(', ')}; ${papers.join(', ')} written`;
  return {
    exitCode: faults.length === 0 ? exitCodes.done : exitCodes.answerIsNo,
    data: { dataset, licences, papers, faults: faultData(faults) },
    text: [sums, ...faultLines(faults)].join('\n'),
  };
}

/** A line each: the SHA-256 of a source file, or its name without folder and ending. */
async function readExclusions(path: string | null) {
  const text =
    path === null
      ? ''
      : await readFile(path, 'utf8').catch((cause: unknown) => {
          throw new CliError('CLI_INPUT_UNREADABLE', `${path} cannot be read`, { cause });
        });
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isHash = (line: string): boolean => /^[0-9a-f]{64}$/.test(line);
  return {
    excludedSha256: new Set(lines.filter(isHash)),
    excludedNames: new Set(
      lines.filter((line) => !isHash(line)).map((line) => line.replace(/\.[A-Za-z0-9]{1,5}$/, '')),
    ),
  };
}
