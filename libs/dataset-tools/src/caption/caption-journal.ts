import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';
import { DatasetError } from '../errors.ts';
import type { Captioner, CaptionInput } from './captioner.ts';

const lineSchema = z.object({ key: sha256Schema, text: z.string().min(1).max(1000) });

/** Captions that were computed before. */
export interface CaptionJournal {
  find(key: string): string | null;
  /** Has the caption on disk before it returns. @throws DatasetError DATASET_UNWRITABLE */
  add(key: string, text: string): Promise<void>;
}

/** Everything a computed caption depends on: pixels, words, trigger, and the captioner with its parameters. */
export function captionKey(id: string, { image, trigger }: Omit<CaptionInput, 'pixels'>, captioner: Captioner): string {
  const { name, labels } = image;
  return sha256Hex(
    JSON.stringify([id, name, labels, trigger, captioner.id, Object.entries(captioner.parameters).sort()]),
  );
}

/** Opens `captions.jsonl` of a dataset. Lines that a kill cut off, or that are none of ours, do not count. */
export async function openCaptionJournal(folder: string): Promise<CaptionJournal> {
  const path = join(folder, 'captions.jsonl');
  const text = await readFile(path, 'utf8').catch(() => '');
  const known = new Map(text.split('\n').flatMap(readLine));
  let separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    find: (key) => known.get(key) ?? null,
    async add(key, caption) {
      try {
        await appendFile(path, `${separator}${JSON.stringify({ key, text: caption })}\n`, { flush: true });
      } catch (cause) {
        throw new DatasetError('DATASET_UNWRITABLE', `${path} could not be written`, { cause });
      }
      separator = '';
      known.set(key, caption);
    },
  };
}

function readLine(line: string): readonly (readonly [string, string])[] {
  try {
    const { key, text } = lineSchema.parse(JSON.parse(line));
    return [[key, text]];
  } catch {
    return [];
  }
}
