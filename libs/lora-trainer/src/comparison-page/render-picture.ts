import { Buffer } from 'node:buffer';
import type { ComparedColumn, ComparedPrompt, PagePicture } from './comparison-page.ts';
import { type Markup, markup } from './markup.ts';
import { shortenText } from './shorten-text.ts';

const longestQuote = 120;

/** Largest whole number of screen pixels per picture pixel that keeps the longer side within `side`; at least 1. */
export function wholeScale(picture: PagePicture, side: number, largest = 16): number {
  return Math.min(largest, Math.max(1, Math.floor(side / Math.max(picture.width, picture.height))));
}

/** An `<img>` that holds the picture itself, `scale` screen pixels to a picture pixel. */
export function renderPicture(picture: PagePicture, alt: string, scale: number, id: string | null = null): Markup {
  const { png, width, height } = picture;
  const base64 = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64');
  const named = id === null ? null : markup` id="${id}"`;
  return markup`<img${named} src="data:image/png;base64,${base64}" alt="${alt}" width="${width * scale}" height="${height * scale}" data-width="${width}" data-height="${height}">`;
}

/** What a picture is, for those who do not see it: column, prompt and seed. */
export function describePicture(column: ComparedColumn, prompt: ComparedPrompt): string {
  return `${column.label}: “${shortenText(prompt.text, longestQuote)}”, seed ${prompt.seed}`;
}
