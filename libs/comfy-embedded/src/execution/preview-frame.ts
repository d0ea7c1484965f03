import type { PreviewImage } from '../nodes/define-node.ts';
import { formatJson } from '../json/format-json.ts';

const previewEvent = 1;
const previewWithMetadataEvent = 4;
const formatCodes = { 'image/jpeg': 1, 'image/png': 2 } as const;

function unsigned(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Binary event 1: u32 event, u32 format (1 JPEG, 2 PNG), the file; big-endian. It does not say whose picture it is. */
export function previewFrame({ type, bytes }: PreviewImage): Buffer {
  return Buffer.concat([unsigned(previewEvent), unsigned(formatCodes[type]), bytes]);
}

/** Binary event 4: u32 event, u32 length of the metadata, metadata as JSON, the file. */
export function previewFrameWithMetadata({ type, bytes }: PreviewImage, nodeId: string, promptId: string): Buffer {
  const metadata = formatJson({
    node_id: nodeId,
    prompt_id: promptId,
    display_node_id: nodeId,
    parent_node_id: null,
    real_node_id: nodeId,
    image_type: type,
  });
  const text = Buffer.from(metadata);
  return Buffer.concat([unsigned(previewWithMetadataEvent), unsigned(text.length), text, bytes]);
}
