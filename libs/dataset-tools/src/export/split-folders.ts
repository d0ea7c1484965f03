import type { ExportedImage, ExportIndex } from './export-index.ts';

const folders = { train: 'train', 'held-out': 'validation' } as const;

/** The pictures of one side of the split and the folder that they lie in. */
export interface SplitFolder {
  readonly split: ExportedImage['split'];
  readonly folder: string;
  readonly images: readonly ExportedImage[];
}

/** Folder of a side of the split, below the export. */
export function folderOf(split: ExportedImage['split']): string {
  return folders[split];
}

/** The sides of an export that have pictures, training first. */
export function splitFolders({ images }: ExportIndex): readonly SplitFolder[] {
  return (['train', 'held-out'] as const)
    .map((split) => ({ split, folder: folders[split], images: images.filter((image) => image.split === split) }))
    .filter((side) => side.images.length > 0);
}
