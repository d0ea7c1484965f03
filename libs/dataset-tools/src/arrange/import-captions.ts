import { posix } from 'node:path';
import { z } from 'zod';
import { readCaptionText } from '../caption/read-caption-text.ts';
import type { Fault } from '../faults/fault.ts';
import type { Companion } from '../ingest/ingest-sources.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';

const lineSchema = z.looseObject({ file_name: z.string().min(1).max(1000), text: z.string() });

/** The pictures with the captions that came with them. Captions that a picture has already are kept. */
export function importCaptions(
  images: readonly DatasetImage[],
  companions: readonly Companion[],
): { readonly images: readonly DatasetImage[]; readonly faults: readonly Fault[]; readonly imported: number } {
  const texts = new Map<string, string>();
  const faults: Fault[] = [];
  const byFile = new Map(images.map(({ source, name }) => [source.path, name]));
  for (const { imageName, path, bytes } of companions) {
    if (imageName !== null) {
      const { text, faults: found } = readCaptionText(bytes);
      faults.push(...found.map((fault) => ({ ...fault, path })));
      if (text !== null) texts.set(imageName, text);
    } else if (path.endsWith('.jsonl')) {
      for (const [index, line] of bytes.toString('utf8').split('\n').entries()) {
        if (line.trim() !== '') importLine(line, `${path}:${index + 1}`, byFile, texts, faults);
      }
    }
  }
  let imported = 0;
  const captioned = images.map((image) => {
    const text = texts.get(image.name);
    if (text === undefined || image.caption !== null) return image;
    imported++;
    return { ...image, caption: { text, source: 'imported' as const, captioner: null, autoSha256: null } };
  });
  return { images: captioned, faults, imported };
}

function importLine(
  line: string,
  place: string,
  byFile: ReadonlyMap<string, string>,
  texts: Map<string, string>,
  faults: Fault[],
): void {
  const parsed = lineSchema.safeParse(parseOrNull(line));
  if (!parsed.success) return;
  const { file_name: file, text } = parsed.data;
  const name = byFile.get(posix.normalize(file));
  if (name === undefined) {
    faults.push({ kind: 'caption-file-unknown', path: place, message: `${file.slice(0, 200)} was not taken in` });
    return;
  }
  const read = readCaptionText(Buffer.from(text));
  faults.push(...read.faults.map((fault) => ({ ...fault, path: place })));
  if (read.text !== null) texts.set(name, read.text);
}

function parseOrNull(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}
