import { type Command, Option } from 'commander';
import type { DatasetAugmentOptions } from '../dataset/augment.ts';
import type { DatasetCaptionOptions } from '../dataset/caption.ts';
import type { DatasetCheckOptions } from '../dataset/check.ts';
import type { DatasetEvaluateOptions } from '../dataset/evaluate.ts';
import type { DatasetExportOptions } from '../dataset/export.ts';
import type { DatasetIngestOptions } from '../dataset/ingest.ts';
import type { DatasetLicenceOptions } from '../dataset/licence.ts';
import type { DatasetVerifyOptions } from '../dataset/verify.ts';
import type { GlobalOptions } from '../run-command.ts';
import { numberIn } from './number-option.ts';

/** Collects the values of an option that may be given several times. */
function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function declareDataset(program: Command): void {
  const dataset = program
    .command('dataset')
    .description('make a licensed, captioned training set of sprites, and prove it');
  declareIngest(program, dataset);
  declareCaption(program, dataset);
  declareChecks(program, dataset);
  declareOutputs(program, dataset);
}

function declareIngest(program: Command, dataset: Command): void {
  dataset
    .command('build <recipe>')
    .description('build the dataset that a recipe.toml describes, in the folder of the recipe')
    .action(async (recipe: string) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetBuild } = await import('../dataset/build.ts');
      await runCommand('dataset build', program.opts<GlobalOptions>(), (context) => datasetBuild(context, recipe));
    });
  dataset
    .command('ingest <sources...>')
    .description('copy pictures into a dataset: folders, pictures, zip archives, npm:package@version')
    .requiredOption('--into <dataset>', 'folder of the dataset; made if need be')
    .option('--scale <pixels>', 'source pixels per art pixel (default: found out)', numberIn(1, 256, 'integer'))
    .option('--sheet <layout>', 'pictures lie on sheets: WIDTHxHEIGHT+MARGIN+SPACING, gutters, components or atlas')
    .option('--licence <SPDX id>', 'licence of pictures for which nothing else says one')
    .option('--author <name>', 'their author')
    .option('--url <page>', 'page where they and their licence stand')
    .option('--notice <file>', 'text that the licence wants kept')
    .option('--licences <file>', 'CSV or JSON: path pattern, licence, author, url')
    .option('--title <text>', 'title of the dataset')
    .option('--trigger <word>', 'word that stands for the style in captions')
    .option('--palette <colours>', 'declared palette: #rrggbb,#rrggbb,…')
    .option('--held-out <number>', 'pictures kept from training: 10 or 5', numberIn(5, 10, 'integer'), 10)
    .action(async (sources: string[], options: DatasetIngestOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetIngest } = await import('../dataset/ingest.ts');
      await runCommand('dataset ingest', program.opts<GlobalOptions>(), (context) =>
        datasetIngest(context, sources, options),
      );
    });
}

function declareCaption(program: Command, dataset: Command): void {
  dataset
    .command('caption <dataset>')
    .description('give every picture a caption; none is computed twice, none of yours is overwritten')
    .option('--trigger <word>', "word that stands for the style (default: the dataset's)")
    .addOption(
      new Option('--mode <mode>', 'what to do with computed captions')
        .choices(['skip', 'overwrite', 'append'])
        .default('skip'),
    )
    .option('--force', 'replace captions that people wrote, too')
    .option('--no-colours', 'name no colours: they belong to the style')
    .action(async (folder: string, options: DatasetCaptionOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetCaption } = await import('../dataset/caption.ts');
      await runCommand('dataset caption', program.opts<GlobalOptions>(), (context) =>
        datasetCaption(context, folder, options),
      );
    });
  dataset
    .command('augment <dataset>')
    .description('add pictures derived by whole-pixel operations, each of which can be undone')
    .requiredOption(
      '--apply <operations>',
      'such as flip-horizontal, rotate=90, wrap-shift=4,0; joined by +',
      collect,
      [],
    )
    .option('--label <word>', 'only pictures with this label', collect, [])
    .action(async (folder: string, options: DatasetAugmentOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetAugment } = await import('../dataset/augment.ts');
      await runCommand('dataset augment', program.opts<GlobalOptions>(), (context) =>
        datasetAugment(context, folder, options),
      );
    });
}

function declareChecks(program: Command, dataset: Command): void {
  dataset
    .command('validate <dataset>')
    .description('say whether a dataset is fit for training: licences, captions, pixels, split, size')
    .action(async (folder: string) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetValidate } = await import('../dataset/validate.ts');
      await runCommand('dataset validate', program.opts<GlobalOptions>(), (context) =>
        datasetValidate(context, folder),
      );
    });
  dataset
    .command('verify <dataset>')
    .description('prove pixels and licences from the files: bytes, sources, inverted transforms')
    .option('--export <folder>', 'prove an export of the dataset as well')
    .action(async (folder: string, options: DatasetVerifyOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetVerify } = await import('../dataset/verify.ts');
      await runCommand('dataset verify', program.opts<GlobalOptions>(), (context) =>
        datasetVerify(context, folder, options),
      );
    });
  dataset
    .command('licence <dataset>')
    .description('judge every licence and write CREDITS.md, the data card and croissant.json')
    .option('--exclude <file>', 'pictures that must not be used: a name or a SHA-256 a line')
    .option('--published <day>', 'day of publication, YYYY-MM-DD (default: today)')
    .action(async (folder: string, options: DatasetLicenceOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetLicence } = await import('../dataset/licence.ts');
      await runCommand('dataset licence', program.opts<GlobalOptions>(), (context) =>
        datasetLicence(context, folder, options),
      );
    });
  dataset
    .command('evaluate <dataset>')
    .description('say whether generated pictures are closer to the set than those of the base model')
    .requiredOption('--generated <folder>', 'PNG files, paired by name with those of the base')
    .requiredOption('--base <folder>', 'PNG files of the base model from the same prompts and seeds')
    .option('--seed <number>', 'seed of the intervals', numberIn(0, 2 ** 31, 'integer'), 1)
    .action(async (folder: string, options: DatasetEvaluateOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetEvaluate } = await import('../dataset/evaluate.ts');
      await runCommand('dataset evaluate', program.opts<GlobalOptions>(), (context) =>
        datasetEvaluate(context, folder, options),
      );
    });
  dataset
    .command('diff <before> <after>')
    .description('say what differs between two datasets')
    .action(async (before: string, after: string) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetDiff } = await import('../dataset/diff.ts');
      await runCommand('dataset diff', program.opts<GlobalOptions>(), (context) => datasetDiff(context, before, after));
    });
}

function declareOutputs(program: Command, dataset: Command): void {
  dataset
    .command('check')
    .description('measure the example datasets and the tools that made them; leaves a record')
    .option('--profile <name>', 'profile that the evidence counts for')
    .action(async (options: DatasetCheckOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetCheck } = await import('../dataset/check.ts');
      await runCommand('dataset check', program.opts<GlobalOptions>(), (context) => datasetCheck(context, options));
    });
  dataset
    .command('export <dataset>')
    .description('write a dataset as trainers read it, without resampling a pixel')
    .requiredOption('-o, --out <folder>', 'folder to make; an earlier export in it is replaced')
    .addOption(new Option('--format <format>', 'for whom').choices(['kohya', 'imagefolder']).default('kohya'))
    .option(
      '--size <pixels>',
      'sides of the pictures: 1024 for SDXL, 128, 256 or 512 for the bundled model',
      numberIn(64, 2048, 'integer'),
      1024,
    )
    .option(
      '--factor <pixels>',
      'pixels per art pixel, a multiple of 8 (default: as many as fit)',
      numberIn(8, 256, 'integer'),
    )
    .option('--background <colour>', '#rrggbb, or contrast for one far from each picture', '#ffffff')
    .action(async (folder: string, options: DatasetExportOptions) => {
      const { runCommand } = await import('../run-command.ts');
      const { datasetExport } = await import('../dataset/export.ts');
      await runCommand('dataset export', program.opts<GlobalOptions>(), (context) =>
        datasetExport(context, folder, options),
      );
    });
}
