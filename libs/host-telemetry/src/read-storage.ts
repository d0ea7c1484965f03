import { statfs } from 'node:fs/promises';

/** Space of the file system mounted at `/`, in bytes. */
export interface StorageReading {
  readonly mount: string;
  readonly sizeBytes: number;
  readonly usedBytes: number;
  /** What an unprivileged process may still write. */
  readonly availableBytes: number;
}

/** Reads the root file system's space; null when the system does not tell. */
export async function readStorage(mount = '/'): Promise<StorageReading | null> {
  try {
    const stats = await statfs(mount);
    const { bsize } = stats;
    return {
      mount,
      sizeBytes: stats.blocks * bsize,
      usedBytes: (stats.blocks - stats.bfree) * bsize,
      availableBytes: stats.bavail * bsize,
    };
  } catch {
    return null;
  }
}
