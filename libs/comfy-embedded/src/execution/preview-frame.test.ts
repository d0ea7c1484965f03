import { describe, expect, it } from 'vitest';
import { previewFrame, previewFrameWithMetadata } from './preview-frame.ts';

const bytes = Buffer.from('picture');

describe('preview frames', () => {
  it('of type 1 name the format only', () => {
    expect(previewFrame({ type: 'image/jpeg', bytes })).toEqual(Buffer.from('\0\0\0\u0001\0\0\0\u0001picture'));
    expect(previewFrame({ type: 'image/png', bytes })).toEqual(Buffer.from('\0\0\0\u0001\0\0\0\u0002picture'));
  });

  it('of type 4 say whose picture it is', () => {
    const frame = previewFrameWithMetadata({ type: 'image/png', bytes }, 'nöde', 'prompt');
    expect(frame.readUInt32BE(0)).toBe(4);
    const end = 8 + frame.readUInt32BE(4);
    expect(JSON.parse(frame.toString('utf8', 8, end))).toEqual({
      node_id: 'nöde',
      prompt_id: 'prompt',
      display_node_id: 'nöde',
      parent_node_id: null,
      real_node_id: 'nöde',
      image_type: 'image/png',
    });
    expect(frame.subarray(end)).toEqual(bytes);
  });
});
