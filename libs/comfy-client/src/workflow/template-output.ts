import { z } from 'zod';

import type { ParameterValues } from './template-parameters.ts';

/** A number, or the name of the parameter that says it. */
const count = z.union([z.int().min(1).max(16_384), z.strictObject({ parameter: z.string().min(1) })]);

/** What a template says of the pictures it makes and of what becomes of them. */
export const templateOutputSchema = z.strictObject({
  /** Files that the run leaves. */
  images: count,
  /** Pixels of each file. */
  width: count,
  height: count,
  /** Pixels on a side of one art pixel: a file becomes a picture of width / cell × height / cell. */
  cell: z.int().min(1).max(256),
  /** Whether the plain background is cut away. */
  transparent: z.boolean(),
  /** Most colours of the finished pictures, all of a run together. */
  colours: z.int().min(2).max(256),
  /** Frames in a row of the sheet that the pictures are joined to. */
  columns: z.int().min(1).max(64).optional(),
  /** Whether the pictures of a run must differ from each other. */
  distinct: z.boolean().default(false),
});

/** What a template says of its pictures. */
export type TemplateOutput = z.infer<typeof templateOutputSchema>;

/** {@link TemplateOutput} for one request: every number is known. */
export interface ExpectedOutput extends Omit<TemplateOutput, 'images' | 'width' | 'height'> {
  readonly images: number;
  readonly width: number;
  readonly height: number;
}

/** Names of the parameters that the output depends on. */
export function outputParameters({ images, width, height }: TemplateOutput): readonly string[] {
  return [images, width, height].flatMap((value) => (typeof value === 'number' ? [] : [value.parameter]));
}

/** What has to come out of a request with these values, all of them. */
export function expectedTemplateOutput(output: TemplateOutput, values: ParameterValues): ExpectedOutput {
  const numberOf = (value: TemplateOutput['images']): number =>
    typeof value === 'number' ? value : Number(values[value.parameter]);
  const { images, width, height } = output;
  return { ...output, images: numberOf(images), width: numberOf(width), height: numberOf(height) };
}
