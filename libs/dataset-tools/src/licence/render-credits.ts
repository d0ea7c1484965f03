import type { DatasetManifest } from '../manifest/dataset-manifest.ts';
import { groupByLicence, type LicenceGroup } from './licence-summary.ts';
import { codeBlock, markdownText } from './markdown-text.ts';

/** CREDITS.md of a dataset: who made which pictures, under which licence, with the notices that have to be kept. */
export function renderCredits({ title, images }: DatasetManifest): string {
  const originals = images.filter(({ derivedFrom }) => derivedFrom === null);
  const intro = 'Who made the pictures of this dataset, and what may be done with them. Keep this file with them.';
  return [`# Credits of ${markdownText(title)}`, intro, ...groupByLicence(originals).map(section)]
    .join('\n\n')
    .concat('\n');
}

function section({ licence, origin, names }: LicenceGroup): string {
  const lines = [
    `- licence: ${licence.spdx === null ? 'unknown' : `\`${licence.spdx}\``}`,
    `- from: ${markdownText(origin)}`,
    ...(licence.url === null ? [] : [`- page: <${licence.url}>`]),
    `- pictures (${names.length}): ${names.map(markdownText).join(', ')}`,
  ];
  const heading = `## ${licence.author === null ? 'Author not named' : markdownText(licence.author)}`;
  const notice = licence.notice === null ? [] : [codeBlock(licence.notice)];
  return [heading, lines.join('\n'), ...notice].join('\n\n');
}
