import type { PackageImporter } from './package-importer.ts';

const iconPath = /^icons\/PNG\/for-(light|dark)-mode\/(\d+)px\/(solid|regular)\/[^/]+\.png$/;

const licence = {
  spdx: 'CC-BY-4.0',
  author: 'HackerNoon',
  url: 'https://pixeliconlibrary.com/',
  notice: "HackerNoon's Pixel Icon Library. The icons are licensed under CC BY 4.0.",
};

/**
 * Pixel icons in one colour on a transparent background. Brands are left out: their shapes are trademarks, whatever the
 * licence of the drawing. "Designed on a 24px grid": 24 is the native size, 48 the same enlarged.
 */
export const pixelIconLibrary: PackageImporter = {
  name: '@hackernoon/pixel-icon-library',
  version: '1.1.0',
  choices: { style: ['solid', 'regular', 'both'], size: ['24', '12', '16', '48'], mode: ['light', 'dark'] },
  wants(path, chosen) {
    const [, mode, size, style] = iconPath.exec(path) ?? [];
    return (
      mode === chosen['mode'] && size === chosen['size'] && (chosen['style'] === 'both' || style === chosen['style'])
    );
  },
  pictures(files) {
    const folder = /^icons\/PNG\/for-\w+-mode\/\d+px\//;
    return [...files].map(([path, bytes]) => ({ path: path.replace(folder, ''), bytes, licence }));
  },
};
