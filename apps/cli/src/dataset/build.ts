import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  arrangeDataset,
  captionDataset,
  createWordCaptioner,
  ingestSources,
  packPackage,
  validateDataset,
  writePapers,
} from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { faultData, faultLines } from './fault-lines.ts';
import { type DatasetRecipe, readRecipe } from './read-recipe.ts';

/** Builds the dataset that a recipe describes, in the recipe's own folder: the same bytes wherever it is done. */
export async function datasetBuild(context: CommandContext, recipePath: string): Promise<CommandResult> {
  const { progress, signal, workingDirectory } = context;
  const path = resolve(workingDirectory, recipePath);
  const recipe = await readRecipe(path);
  const into = dirname(path);
  const folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-dataset-'));
  try {
    progress.update(`fetching ${recipe.source.package}@${recipe.source.version}`);
    const packed = await packPackage(recipe.source.package, recipe.source.version, folder, { signal });
    const onProgress = (done: number, total: number): void => progress.update('taking in pictures', done / total);
    const ingested = await ingestSources(requestOf(recipe, into, packed.path), { signal, onProgress });
    progress.update('looking for duplicates');
    const arranged = await arrangeDataset(into, { signal });
    progress.update('captioning');
    const captioner = createWordCaptioner({
      nameColours: recipe.captions.name_colours,
      subjects: recipe.captions.subjects,
    });
    const captioned = await captionDataset(into, { captioner, trigger: recipe.trigger, signal });
    await writePapers(into, recipe.published);
    const valid = await validateDataset(into);
    const faults = [...ingested.faults, ...arranged.faults, ...valid.faults];
    const text = [
      `${into}: ${valid.pictures} pictures (${ingested.added} new), ${valid.heldOut} held out, ${captioned.computed} captions written`,
      ...faultLines(faults),
    ].join('\n');
    const data = { dataset: into, ...valid, added: ingested.added, captioned, faults: faultData(faults) };
    const exitCode = valid.refused === 0 ? exitCodes.done : exitCodes.partlyDone;
    return {
      exitCode,
      data,
      text,
      next: [`npx dgx-pixels dataset export ${recipePath.replace(/\/?recipe\.toml$/, '') || '.'} --out <folder>`],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function requestOf(
  { source, title, description, trigger, palette, held_out: heldOut }: DatasetRecipe,
  into: string,
  path: string,
) {
  const { package: name, integrity, options, pictures } = source;
  return {
    into,
    sources: [{ kind: 'package' as const, path, package: name, integrity, options, only: pictures }],
    dataset: { title, description, trigger, palette: palette ?? null, heldOut },
  };
}
