import type { Fault } from '../faults/fault.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';

/** Colours of which a picture in pixel art has fewer, as a rule; the largest common palettes have 64. */
const manyColours = 64;
/** Share of visible pixels without company; dithered sprites of one pixel pattern stay below. */
const lonelyShare = 0.2;

/** What is odd about the pixels of a picture that was taken in, by the facts in the manifest. */
export function judgePixels(
  { name, width, height, facts }: Pick<DatasetImage, 'name' | 'width' | 'height' | 'facts'>,
  palette: readonly string[] | null,
): readonly Fault[] {
  const { colours, alpha, opaquePixels, orphanPixels } = facts;
  const faults: Fault[] = [];
  const note = (kind: Fault['kind'], message: string): void => void faults.push({ kind, path: name, message });
  const empty = colours === 0;
  if (empty || (colours === 1 && alpha === 'none'))
    note('picture-blank', empty ? 'nothing is visible' : 'one colour fills it');
  if (alpha === 'partial')
    note('alpha-partial', `${width * height - opaquePixels} of ${width * height} pixels are not opaque`);
  if (colours > manyColours) note('colours-many', `${colours} colours`);
  const foreign = palette === null ? [] : facts.palette.filter((colour) => !palette.includes(colour));
  if (foreign.length > 0)
    note('palette-outgrown', `${foreign.slice(0, 5).join(', ')}${foreign.length > 5 ? ', …' : ''}`);
  if (opaquePixels > 0 && orphanPixels / opaquePixels > lonelyShare) {
    note('pixels-lonely', `${orphanPixels} of ${opaquePixels} visible pixels`);
  }
  return faults;
}
