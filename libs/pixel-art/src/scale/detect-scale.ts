import { checkRaster, type Raster } from '../raster.ts';
import { edgeProfiles } from './edge-profile.ts';
import { type ExactLattice, findExactLattice, sampleCells } from './exact-lattice.ts';
import { type Lattice, latticeByEnergy, latticeByPeakSpacing } from './lattice.ts';
import { readCells } from './read-cells.ts';

/** How many source pixels one art pixel has, and the picture without the others. */
export interface ScaleFinding extends Lattice {
  readonly method: 'native' | 'run-length' | 'lattice' | 'peak-spacing';
  /** Share of source pixels that look like their cell's pixel, [0, 1]. */
  readonly agreement: number;
  /** The picture at its native size; null where no grid fits, and `reason` says why. */
  readonly native: Raster | null;
  readonly reason: string | null;
}

/** Pixel art uses few colours; a picture with more and no grid was drawn or resampled otherwise. */
const mostNativeColours = 256;
/** Up to this side a picture with any number of colours is taken as drawn pixel by pixel. */
const surelyNativeSide = 64;
/** Below this a grid by energy is no better than one by the spacing of peaks. */
const confidentEnergy = 0.2;
/** Below this no grid was found at all. */
const leastConfidence = 0.1;
/** A picture with the few colours of pixel art has to show more of a grid before it is taken for enlarged. */
const leastAgainstNative = 0.4;
const leastAgreement = 0.6;

/**
 * Finds the native size of pixel art: by the exact distances of its borders if it was enlarged by repeating pixels, else by
 * the grid that most change lies on, else by the spacing of the peaks of change; then reads one pixel for each cell.
 *
 * A picture whose every border lies on even coordinates may be native and drawn with thick strokes, or enlarged: it is
 * reduced as long as its longer side keeps 16 art pixels, and the caller who knows better declares the factor.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID for a raster whose bytes are not those of its size
 */
export async function detectScale(raster: Raster): Promise<ScaleFinding> {
  checkRaster(raster);
  const exact = findExactLattice(raster);
  if (exact !== null) return readExactly(raster, exact);
  if (Math.max(raster.width, raster.height) <= surelyNativeSide) return native(raster);
  const { columns, rows } = edgeProfiles(raster);
  const energy = latticeByEnergy(columns, rows);
  if (energy !== null && energy.confidence >= confidentEnergy) return read(raster, energy, 'lattice');
  const peaks = latticeByPeakSpacing(columns, rows);
  const needed = hasFewColours(raster) ? leastAgainstNative : leastConfidence;
  if (peaks !== null && peaks.confidence >= needed) return read(raster, peaks, 'peak-spacing');
  if (needed === leastAgainstNative) return native(raster);
  const best = Math.max(energy?.confidence ?? 0, peaks?.confidence ?? 0);
  return refused(
    `no grid of equal cells was found (confidence ${best.toFixed(2)}): it is blurred, resampled or no pixel art`,
  );
}

/** As few as pixel art has; what was compressed or blurred has more. */
function hasFewColours({ rgba }: Raster): boolean {
  const colours = new Set<number>();
  for (let at = 0; at < rgba.length && colours.size <= mostNativeColours; at += 4) {
    if (rgba[at + 3] !== 0) colours.add(((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0));
  }
  return colours.size <= mostNativeColours;
}

function native(raster: Raster): ScaleFinding {
  const { width, height } = raster;
  const copy = { width, height, rgba: new Uint8Array(raster.rgba) };
  return {
    factor: 1,
    offsetX: 0,
    offsetY: 0,
    confidence: 1,
    method: 'native',
    agreement: 1,
    native: copy,
    reason: null,
  };
}

/** Cells that look uniform are uniform, unless transparent pixels hide different colours: those go to the vote. */
async function readExactly(raster: Raster, { hidesColours, ...lattice }: ExactLattice): Promise<ScaleFinding> {
  if (hidesColours) return read(raster, lattice, 'run-length');
  return { ...lattice, method: 'run-length', agreement: 1, native: sampleCells(raster, lattice), reason: null };
}

async function read(raster: Raster, lattice: Lattice, method: ScaleFinding['method']): Promise<ScaleFinding> {
  const cells = await readCells(raster, lattice);
  const found = { ...lattice, method, agreement: cells.agreement };
  if (cells.agreement >= leastAgreement) return { ...found, native: cells.native, reason: null };
  const share = Math.round(cells.agreement * 100);
  return {
    ...found,
    native: null,
    reason: `only ${share} % of the pixels look like their cell of ${lattice.factor} pixels`,
  };
}

function refused(reason: string): ScaleFinding {
  const nothing = { factor: 1, offsetX: 0, offsetY: 0, confidence: 0, agreement: 0 };
  return { ...nothing, method: 'peak-spacing', native: null, reason };
}
