import { join } from 'node:path';
import { hashFile } from '@dgx-pixels/evidence';
import type { PreparedFile } from '../prepare/prepared-file.ts';

/** Whether what a journal says was stored is there, byte for byte: a power cut may have torn it. */
export async function isStillStored(folder: string, { sha256, pictures }: PreparedFile): Promise<boolean> {
  if (sha256 === null || pictures.length === 0) return true;
  try {
    if ((await hashFile(join(folder, 'sources', sha256))) !== sha256) return false;
    for (const { id, fileSha256 } of pictures) {
      if ((await hashFile(join(folder, 'images', `${id}.png`))) !== fileSha256) return false;
    }
    return true;
  } catch {
    return false;
  }
}
