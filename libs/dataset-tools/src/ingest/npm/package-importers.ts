import { kaplayCrew } from './kaplay-crew.ts';
import type { PackageImporter } from './package-importer.ts';
import { pixelIconLibrary } from './pixel-icon-library.ts';

/** The npm packages whose pictures can be taken in. */
export const packageImporters: readonly PackageImporter[] = [pixelIconLibrary, kaplayCrew];
