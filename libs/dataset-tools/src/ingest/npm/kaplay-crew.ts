import type { PackageImporter, PackagePicture } from './package-importer.ts';

/** A comment that names a file, and the variable under it that holds the file as a data URL. */
const bundledPng = /^\/\/ packs\/(\S+\.png)\nvar (\w+) = "data:image\/png;base64,([A-Za-z0-9+/]+={0,2})";$/gm;
/** The description of a sprite: fields one a line, indented by two spaces. */
const bundledSprite = /^var \w+Data = \{\n {2}kind: "Sprite",\n((?: {2}[^\n]*\n)*)\};$/gm;

const logo = /^Brand\/|\/(discord|github)(-o)?\.png$/;

/**
 * Sprites of the KAPLAY game library's crew. They stand as base64 text in its bundle, under comments that name the files;
 * the text is read, not run. Logos are left out: they are trademarks, whatever the licence of the drawing.
 * So are animations: their sheets lie beside them under the same names.
 */
export const kaplayCrew: PackageImporter = {
  name: '@kaplayjs/crew',
  version: '2.1.0',
  choices: { outline: ['without', 'with', 'both'] },
  wants: (path) => path === 'dist/index.mjs',
  pictures(files, chosen) {
    const text = files.get('dist/index.mjs')?.toString('utf8') ?? '';
    const pngs = new Map(
      [...text.matchAll(bundledPng)].map(([, path = '', variable = '', base64 = '']) => [variable, { path, base64 }]),
    );
    const pictures: PackagePicture[] = [];
    for (const [, fields = ''] of text.matchAll(bundledSprite)) {
      const author = /^ {2}author: "([^"\n]{1,100})"/m.exec(fields)?.[1];
      const licence = {
        spdx: 'CC0-1.0',
        author: author === undefined ? 'KAPLAY crew' : `${author} (KAPLAY crew)`,
        url: 'https://github.com/kaplayjs/crew',
        notice: null,
      };
      for (const [, outline, variable = ''] of fields.matchAll(/^ {2}(sprite|outlined): (\w+),?$/gm)) {
        const png = pngs.get(variable);
        const wanted = chosen['outline'] === 'both' || (outline === 'outlined') === (chosen['outline'] === 'with');
        if (!wanted || png === undefined || logo.test(png.path)) continue;
        pictures.push({ path: withoutRepeats(png.path), bytes: Buffer.from(png.base64, 'base64'), licence });
      }
    }
    return pictures;
  },
};

/** `Icons/Sprites/arrow/arrow.png` → `Icons/arrow.png`: each sprite has a folder of its own name. */
function withoutRepeats(path: string): string {
  const parts = path.split('/').filter((part) => part !== 'Sprites');
  const [folder, file = ''] = parts.slice(-2);
  const stem = file.replace(/(-o)?\.png$/, '');
  return (folder === stem ? [...parts.slice(0, -2), file] : parts).join('/');
}
