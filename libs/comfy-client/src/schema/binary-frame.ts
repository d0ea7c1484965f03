import { z } from 'zod';

/** A binary frame of the event socket. All of it comes from the server: nothing is decoded. */
export type BinaryFrame =
  | {
      /** A picture of unfinished work; `SaveImageWebsocket` sends finished ones the same way. */
      readonly type: 'preview';
      /** As the frame says; null for a format without a name. */
      readonly mediaType: 'image/jpeg' | 'image/png' | null;
      readonly bytes: Uint8Array;
      /** Null in frames without metadata: they say neither which prompt nor which node they belong to. */
      readonly promptId: string | null;
      readonly nodeId: string | null;
    }
  | { readonly type: 'text'; readonly nodeId: string; readonly text: string };

const preview = 1;
const text = 3;
const previewWithMetadata = 4;
const mediaTypes: Readonly<Record<number, 'image/jpeg' | 'image/png'>> = { 1: 'image/jpeg', 2: 'image/png' };
const metadataSchema = z.object({
  prompt_id: z.string().nullish().catch(null),
  node_id: z.string().nullish().catch(null),
  image_type: z.string().nullish().catch(null),
});

function parseMetadata(bytes: Uint8Array): z.infer<typeof metadataSchema> | null {
  try {
    return metadataSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Reads a binary frame: a big-endian u32 with its type, then what the type says (protocol.py of ComfyUI). Null for types
 * that are not known and for frames cut short.
 */
export function readBinaryFrame(frame: Uint8Array): BinaryFrame | null {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (bytes.length < 8) return null;
  const [type, second, rest] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4), bytes.subarray(8)];
  if (type === preview) {
    return { type: 'preview', mediaType: mediaTypes[second] ?? null, bytes: rest, promptId: null, nodeId: null };
  }
  if (second > rest.length) return null;
  const [head, tail] = [rest.subarray(0, second), rest.subarray(second)];
  if (type === text) return { type: 'text', nodeId: head.toString('utf8'), text: tail.toString('utf8') };
  if (type !== previewWithMetadata) return null;
  const metadata = parseMetadata(head);
  if (metadata === null) return null;
  const mediaType = Object.values(mediaTypes).find((name) => name === metadata.image_type) ?? null;
  const { prompt_id: promptId = null, node_id: nodeId = null } = metadata;
  return { type: 'preview', mediaType, bytes: tail, promptId, nodeId };
}
