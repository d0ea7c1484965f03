import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';
import { countLicences } from './licence-summary.ts';
import { markdownText } from './markdown-text.ts';

/** README.md of a dataset: a data card with front matter as the Hugging Face hub reads it, and measured facts. */
export function renderDataCard(manifest: DatasetManifest): string {
  const { title, description, images } = manifest;
  const originals = images.filter(({ derivedFrom }) => derivedFrom === null);
  const parts = [
    frontMatter(manifest, originals),
    `# ${markdownText(title)}`,
    markdownText(description),
    '## Pictures',
    factLines(manifest, originals).join('\n'),
    '## Where they come from',
    originLines(originals).join('\n'),
    'Authors and licences of all pictures: `CREDITS.md`. Sources, hashes and every step from source to picture: `dataset.json`, and as Croissant 1.1 `croissant.json`.',
    '## What to know before using it',
    'Captions by the captioner are made from file names, folders and measured facts, not by looking at the picture. Pictures are held out from training by group: flips, recolourings and nearly equal pictures stay on one side.',
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function frontMatter({ name, title }: DatasetManifest, originals: readonly DatasetImage[]): string {
  const licences = countLicences(originals).map(({ spdx }) => spdx);
  const hub = licences.length === 1 ? (licences[0]?.toLowerCase() ?? 'other') : 'other';
  const size = originals.length < 1000 ? 'n<1K' : originals.length < 10_000 ? '1K<n<10K' : '10K<n<100K';
  return [
    '---',
    `pretty_name: ${JSON.stringify(title)}`,
    `license: ${hub === 'unknown' ? 'other' : hub}`,
    ...(licences.length > 1 ? [`license_name: ${JSON.stringify(licences.join(' AND '))}`] : []),
    'task_categories: [text-to-image]',
    `tags: [pixel-art, sprites, ${name}]`,
    `size_categories: ["${size}"]`,
    '---',
  ].join('\n');
}

function factLines({ trigger, palette, images }: DatasetManifest, originals: readonly DatasetImage[]): string[] {
  const sizes = new Map<string, number>();
  for (const { width, height } of originals)
    sizes.set(`${width}×${height}`, (sizes.get(`${width}×${height}`) ?? 0) + 1);
  const bySize = [...sizes].sort(([, one], [, other]) => other - one).slice(0, 8);
  const colours = originals.map(({ facts }) => facts.colours).sort((one, other) => one - other);
  const heldOut = originals.filter(({ split }) => split === 'held-out').length;
  return [
    `- ${originals.length} originals, ${images.length - originals.length} derived; ${heldOut} held out`,
    `- native sizes: ${bySize.map(([size, count]) => `${size} (${count})`).join(', ')}${sizes.size > 8 ? ', …' : ''}`,
    `- colours in a picture: ${colours[0] ?? 0} to ${colours.at(-1) ?? 0}, median ${colours[colours.length >> 1] ?? 0}`,
    `- declared palette: ${palette === null ? 'none' : palette.map((colour) => `\`${colour}\``).join(' ')}`,
    `- trigger word: ${trigger === null ? 'none' : `\`${trigger}\``}`,
    `- licences: ${countLicences(originals)
      .map(({ spdx, pictures }) => `${markdownText(spdx)} (${pictures})`)
      .join(', ')}`,
  ];
}

function originLines(originals: readonly DatasetImage[]): string[] {
  const origins = new Map<string, number>();
  for (const { source } of originals) origins.set(source.origin, (origins.get(source.origin) ?? 0) + 1);
  return [...origins]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([origin, count]) => `- ${markdownText(origin)}: ${count}`);
}
