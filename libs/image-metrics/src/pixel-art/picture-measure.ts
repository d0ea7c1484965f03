/** A measure of pixel art, with everything that has to be known to repeat it. */
export interface PictureMeasure {
  readonly metric: 'edge-hardness' | 'grid-energy' | 'dithering-share' | 'palette-distance';
  /** null where there is nothing to measure: no border between colours, no visible pixel. */
  readonly value: number | null;
  /** What exactly was computed, in words. */
  readonly variant: string;
  /** Pictures are measured as they are. */
  readonly resize: 'none';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}
