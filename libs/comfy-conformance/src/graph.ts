import { randomInt } from 'node:crypto';

/** A workflow in API format. */
export type Graph = Readonly<
  Record<string, { readonly class_type: string; readonly inputs: Readonly<Record<string, unknown>> }>
>;

/** A colour that no earlier prompt has used, so that no cache knows it: 24 bits, red first. */
export function freshColour(): number {
  return randomInt(0x1000000);
}

/** One node. */
export function node(classType: string, inputs: Readonly<Record<string, unknown>>): Graph[string] {
  return { class_type: classType, inputs };
}

/** Width and height of the pictures that checks make, pixels. */
export const pictureSize = { width: 24, height: 16 } as const;

/** An evenly coloured picture. */
export function evenPicture(colour: number, size: { width: number; height: number } = pictureSize): Graph[string] {
  return node('EmptyImage', { ...size, batch_size: 1, color: colour });
}

/** Draws a picture and shows it: node `picture`, then node `shown`. The file is a temporary one. */
export function shownPicture(colour = freshColour()): Graph {
  return { picture: evenPicture(colour), shown: node('PreviewImage', { images: ['picture', 0] }) };
}

/** Draws a picture, inverts it and shows it: nodes `picture`, `inverted`, `shown`. */
export function shownInvertedPicture(colour = freshColour()): Graph {
  return {
    picture: evenPicture(colour),
    inverted: node('ImageInvert', { image: ['picture', 0] }),
    shown: node('PreviewImage', { images: ['inverted', 0] }),
  };
}

/** Draws a picture and keeps it: node `picture`, then node `saved`. */
export function savedPicture(prefix: string, colour = freshColour()): Graph {
  return {
    picture: evenPicture(colour),
    saved: node('SaveImage', { images: ['picture', 0], filename_prefix: prefix }),
  };
}
