import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readDatasetImage, readManifest } from '@dgx-pixels/dataset-tools';
import { evaluateSet, type SetMeasure } from '@dgx-pixels/image-metrics';
import { detectScale, type Raster } from '@dgx-pixels/pixel-art';
import sharp from 'sharp';
import type { CommandContext } from '../command-context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';

export interface DatasetEvaluateOptions {
  readonly generated: string;
  readonly base: string;
  readonly seed: number;
}

/** Says whether generated pictures are closer to a training set than those of the base model, and whether any is a copy. */
export async function datasetEvaluate(
  { progress, signal, workingDirectory }: CommandContext,
  dataset: string,
  options: DatasetEvaluateOptions,
): Promise<CommandResult> {
  const folder = resolve(workingDirectory, dataset);
  const { images } = await readManifest(folder);
  const train: Raster[] = [];
  for (const { id, split, derivedFrom } of images) {
    if (split === 'train' && derivedFrom === null) train.push(await readDatasetImage(folder, id));
  }
  progress.update('reading pictures');
  const generatedByName = await readPictures(resolve(workingDirectory, options.generated));
  const baseByName = await readPictures(resolve(workingDirectory, options.base));
  refuseUnpaired(generatedByName, baseByName, train.length);
  const names = [...generatedByName.keys()];
  const inOrder = (pictures: ReadonlyMap<string, Raster>): Raster[] =>
    names.flatMap((name) => pictures.get(name) ?? []);
  const [generated, base] = [inOrder(generatedByName), inOrder(baseByName)];
  const evaluation = await evaluateSet(
    { train, generated, base },
    { seed: options.seed, signal, onProgress: (done, total) => progress.update('comparing', done / total) },
  );
  const { style, measures, memorisation } = evaluation;
  const copies =
    memorisation.pictures.length === 0
      ? 'none is a copy of a training picture'
      : `${memorisation.pictures.length} are copies of training pictures`;
  return {
    exitCode: exitCodes.done,
    data: { dataset, train: train.length, generated: generated.length, ...evaluation },
    text: [
      `${generated.length} pairs of pictures against ${train.length} of ${dataset}; ${copies}`,
      ...[style, ...measures].map(measureLine),
    ].join('\n'),
  };
}

/** @throws CliError CLI_USAGE naming the pictures that have no partner of their name in the other folder */
function refuseUnpaired(
  generated: ReadonlyMap<string, Raster>,
  base: ReadonlyMap<string, Raster>,
  training: number,
): void {
  const alone = [
    ...[...generated.keys()].filter((name) => !base.has(name)),
    ...[...base.keys()].filter((name) => !generated.has(name)),
  ];
  if (generated.size > 0 && alone.length === 0 && training >= 4) return;
  const counts = `${training} training pictures, ${generated.size} generated, ${base.size} of the base`;
  const named = alone.length === 0 ? '' : `; without a partner of its name: ${alone.slice(0, 5).join(', ')}`;
  throw new CliError(
    'CLI_USAGE',
    `${counts}${named}; each generated picture needs one of the base model from the same prompt and seed`,
  );
}

function measureLine({ measure, generated, base, within, difference, verdict, withinSet }: SetMeasure): string {
  const mark = { closer: '✔ ok   ', farther: '✖ fail ', undecided: '– none ' }[verdict];
  const interval = `${difference.mean.toFixed(3)} [${difference.low.toFixed(3)}, ${difference.high.toFixed(3)}]`;
  const inside = withinSet ? 'as the set among itself' : 'outside of the set';
  return `${mark} ${measure.padEnd(9)} ${generated.toFixed(3)}, base ${base.toFixed(3)}, set ${within.median.toFixed(3)}; difference ${interval}; ${inside}`;
}

/** PNG files of a folder by name, at their native size. */
async function readPictures(folder: string): Promise<ReadonlyMap<string, Raster>> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new CliError('CLI_INPUT_UNREADABLE', `${folder} is no folder that can be read`, { cause });
  });
  const pictures = new Map<string, Raster>();
  for (const name of names.filter((file) => /\.png$/i.test(file)).sort()) {
    const image = sharp(await readFile(join(folder, name)), { limitInputPixels: 4096 * 4096 });
    const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const raster = { width: info.width, height: info.height, rgba: new Uint8Array(data) };
    const { native, reason } = await detectScale(raster);
    if (native === null)
      throw new CliError('CLI_INPUT_UNREADABLE', `${join(folder, name)}: ${reason ?? 'it has no grid'}`);
    pictures.set(name, native);
  }
  return pictures;
}
