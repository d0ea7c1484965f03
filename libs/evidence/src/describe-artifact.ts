import { sha256Hex } from './digest.ts';
import type { ArtifactRef } from './envelope.ts';

/** Names bytes as an artifact of a record: path in the measurement folder, hash and length. */
export function describeArtifact(path: string, data: Uint8Array | string): ArtifactRef {
  return { path, sha256: sha256Hex(data), bytes: Buffer.byteLength(data) };
}
