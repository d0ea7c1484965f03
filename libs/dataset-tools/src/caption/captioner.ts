import type { Raster } from '@dgx-pixels/pixel-art';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';

/** What a captioner is told about a picture. */
export interface CaptionInput {
  readonly image: Pick<DatasetImage, 'name' | 'width' | 'height' | 'labels' | 'facts'>;
  /** The picture at its native size; loaded when it is asked for. */
  readonly pixels: () => Promise<Raster>;
  /** Word that stands for the style; null: none. */
  readonly trigger: string | null;
}

/** Finds words for a picture. Model captioners come behind the same interface as the one that is built in. */
export interface Captioner {
  /** Name and version: captions of another version are made anew. */
  readonly id: string;
  /** Everything else that captions depend on, for example a template or decoding options; part of the cache key. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** One line, not empty. */
  caption(input: CaptionInput): Promise<string>;
}
