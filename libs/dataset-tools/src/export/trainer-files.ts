import type { ExportIndex } from './export-index.ts';
import { kohyaFiles } from './kohya-files.ts';
import { splitFolders } from './split-folders.ts';

/** Text files that a trainer reads beside the pictures of an export, by path; they follow from the index alone. */
export function trainerFiles(index: ExportIndex): ReadonlyMap<string, string> {
  return index.format === 'kohya' ? kohyaFiles(index) : imagefolderFiles(index);
}

/** One `metadata.jsonl` in each folder, as the imagefolder loader of `datasets` wants it. */
function imagefolderFiles(index: ExportIndex): ReadonlyMap<string, string> {
  const files = splitFolders(index).map(({ folder, images }) => {
    const lines = images.map(({ file, caption }) =>
      JSON.stringify({ file_name: file.slice(folder.length + 1), text: caption }),
    );
    return [`${folder}/metadata.jsonl`, `${lines.join('\n')}\n`] as const;
  });
  return new Map(files);
}
