import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const file = new URL('../evaluation/training-sprites.json', import.meta.url);
const schema = z.object({ source: z.string(), sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1) });

/** The sprites that the model was trained on. */
export interface TrainingSprites {
  /** Package and version that they come from. */
  readonly source: string;
  /**
   * SHA-256 of each sprite, smallest over its eight flips and turns: cropped to what is visible, over
   * `<width>x<height>`, a line feed and the RGBA bytes, 0 where transparent.
   */
  readonly sha256: ReadonlySet<string>;
}

/** Which sprites training saw: a dataset that shares one with them measures memory. */
export async function readTrainingSprites(): Promise<TrainingSprites> {
  const { source, sha256 } = schema.parse(JSON.parse(await readFile(file, 'utf8')));
  return { source, sha256: new Set(sha256) };
}
