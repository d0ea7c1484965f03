import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readBinaryFrame } from './binary-frame.ts';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const frame = (type: number, second: number, ...rest: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([u32(type), u32(second), ...rest.map((part) => Buffer.from(part))]);
const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describe('readBinaryFrame', () => {
  it('reads previews without metadata', () => {
    const plain = { type: 'preview', promptId: null, nodeId: null };
    expect(readBinaryFrame(frame(1, 1, picture))).toEqual({ ...plain, mediaType: 'image/jpeg', bytes: picture });
    expect(readBinaryFrame(frame(1, 2, picture))).toEqual({ ...plain, mediaType: 'image/png', bytes: picture });
    expect(readBinaryFrame(frame(1, 9, picture))).toEqual({ ...plain, mediaType: null, bytes: picture });
  });

  it('reads previews with metadata, whatever else it holds', () => {
    const metadata = '{"node_id":"5","prompt_id":"p","image_type":"image/png","real_node_id":"5","later":[1]}';
    expect(readBinaryFrame(frame(4, Buffer.byteLength(metadata), metadata, picture))).toEqual({
      type: 'preview',
      mediaType: 'image/png',
      bytes: picture,
      promptId: 'p',
      nodeId: '5',
    });
  });

  it('reads texts of nodes', () => {
    expect(readBinaryFrame(frame(3, 2, '12', 'höhe 3'))).toEqual({ type: 'text', nodeId: '12', text: 'höhe 3' });
  });

  it.each([
    ['an unknown type', frame(7, 0, picture)],
    ['a frame cut within its head', frame(1, 1).subarray(0, 6)],
    ['a text whose node id is longer than it', frame(3, 90, 'x')],
    ['metadata longer than the frame', frame(4, 2 ** 32 - 1, '{}')],
    ['metadata that is no JSON', frame(4, 2, '{x', picture)],
    ['metadata that is no object', frame(4, 2, '12', picture)],
  ])('passes over %s', (_name, bytes) => {
    expect(readBinaryFrame(bytes)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.uint8Array({ maxLength: 40 }), (type, rest) => {
        expect(() => readBinaryFrame(Buffer.concat([u32(type), rest]))).not.toThrow();
      }),
    );
  });
});
