import { bucketLimits, bucketStep } from './aspect-buckets.ts';
import type { ExportIndex } from './export-index.ts';
import { type SplitFolder, splitFolders } from './split-folders.ts';

/**
 * Text files that sd-scripts (kohya) reads beside the pictures, by path: a caption for each, the same as JSONL for its
 * fine-tuning mode (`metadata_file`, with `image_dir = "."`), and the configuration.
 */
export function kohyaFiles(index: ExportIndex): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const sides = splitFolders(index);
  for (const { images, folder } of sides) {
    for (const { file, caption } of images) files.set(file.replace(/\.png$/, '.txt'), `${caption}\n`);
    const lines = images.map(({ file, caption, frame: { width, height } }) =>
      JSON.stringify({ image_path: file, caption, image_size: [width, height] }),
    );
    files.set(`${folder}.jsonl`, `${lines.join('\n')}\n`);
  }
  files.set('dataset.toml', [general(index), ...sides.map((side) => dataset(side, index))].join('\n'));
  return files;
}

function general({ aspectBuckets, width, height }: ExportIndex): string {
  const { shortest, longest } = bucketLimits({ width, height });
  const buckets = aspectBuckets
    ? `enable_bucket = true
bucket_no_upscale = false
bucket_reso_steps = ${bucketStep}
min_bucket_reso = ${shortest}
max_bucket_reso = ${longest}`
    : 'enable_bucket = false';
  return `# For --dataset_config of sd-scripts. The paths are relative: start training in this folder.
# Every picture has the size of its bucket, so none is resized; "nearest" stands for those who change the resolution.
[general]
resolution = [${width}, ${height}]
${buckets}
resize_interpolation = "nearest"
caption_extension = ".txt"
shuffle_caption = false
flip_aug = false
color_aug = false
random_crop = false
`;
}

/** Held-out pictures are a dataset of their own, all of which is for validation: training takes none of it. */
function dataset({ split, folder }: SplitFolder, { trigger }: ExportIndex): string {
  return `[[datasets]]
batch_size = 1
${split === 'held-out' ? 'validation_split = 1.0\n' : ''}
  [[datasets.subsets]]
  image_dir = "${folder}"
  num_repeats = 1
  keep_tokens = ${trigger === null ? 0 : 1}
`;
}
