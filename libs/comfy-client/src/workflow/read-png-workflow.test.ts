import { crc32, deflateSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { serializeJson } from '../serialize-json.ts';
import type { WorkflowGraph } from '../workflow-graph.ts';
import { readPngWorkflow } from './read-png-workflow.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

const end = chunk('IEND', Buffer.alloc(0));
const picture = (...chunks: Buffer[]): Buffer =>
  Buffer.concat([signature, chunk('IHDR', Buffer.alloc(13)), ...chunks, end]);
const kinds: Readonly<Record<string, (keyword: string, text: string) => Buffer>> = {
  tEXt: (keyword, text) => chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1')),
  zTXt: (keyword, text) =>
    chunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(Buffer.from(text, 'latin1'))])),
  iTXt: (keyword, text) => chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8')),
  'packed iTXt': (keyword, text) =>
    chunk(
      'iTXt',
      Buffer.concat([Buffer.from(`${keyword}\0\u0001\0\0\0`, 'latin1'), deflateSync(Buffer.from(text, 'utf8'))]),
    ),
};
const graph: WorkflowGraph = {
  '5': {
    class_type: 'KSampler',
    inputs: { seed: 2n ** 64n - 1n, cfg: 7.5, text: 'a "red" bird \u2764', model: ['1', 0] },
  },
};
/** As Python writes it: only ASCII. */
const ascii = (text: string): string =>
  text.replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
const tEXt = kinds['tEXt']!;

describe('readPngWorkflow', () => {
  it.each(Object.keys(kinds))('reads a workflow out of %s', (kind) => {
    expect(readPngWorkflow(picture(tEXt('Title', 'x'), kinds[kind]!('prompt', ascii(serializeJson(graph)))))).toEqual(
      graph,
    );
  });

  it('reads the NaN that Python writes as null', () => {
    const text = '{"1": {"class_type": "LoadImage", "inputs": {"image": "a.png"}, "is_changed": [NaN]}}';
    expect(readPngWorkflow(picture(tEXt('prompt', text)))).toEqual({
      '1': { class_type: 'LoadImage', inputs: { image: 'a.png' } },
    });
  });

  it.each([
    ['a file of another kind', Buffer.from('GIF89a'), 'it is no PNG'],
    ['no workflow', picture(tEXt('Title', 'x')), 'carries no workflow'],
    ['no JSON', picture(tEXt('prompt', '{"1": ')), 'no JSON'],
    ['a text without a name', picture(chunk('tEXt', Buffer.from('prompt'))), 'no end of its name'],
    ['a packed text that is damaged', picture(chunk('zTXt', Buffer.from('prompt\0\0xx'))), 'damaged'],
    ['a packed text that grows', picture(kinds['zTXt']!('prompt', ' '.repeat(17 * 2 ** 20))), 'too long'],
    ['texts that are long together', picture(tEXt('a', 'x'.repeat(9e6)), tEXt('b', 'x'.repeat(9e6))), 'longer than'],
    ['no end', picture(tEXt('prompt', '{}')).subarray(0, -5), 'ends too early'],
  ])('refuses %s', (_name, bytes, reason) => {
    expect(() => readPngWorkflow(bytes)).toThrow(expect.objectContaining({ code: 'COMFY_PICTURE_UNUSABLE' }));
    expect(() => readPngWorkflow(bytes)).toThrow(reason);
  });

  it('refuses a workflow in the format of the editor', () => {
    expect(() => readPngWorkflow(picture(tEXt('prompt', '{"nodes": [], "links": []}')))).toThrow(
      expect.objectContaining({ code: 'COMFY_GRAPH_INVALID' }),
    );
  });

  it('meets damage anywhere with the same error or the same workflow', () => {
    const file = picture(tEXt('prompt', ascii(serializeJson(graph))));
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(file);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        try {
          expect(readPngWorkflow(damaged)).toEqual(graph);
        } catch (error) {
          expect(error).toMatchObject({ code: 'COMFY_PICTURE_UNUSABLE' });
        }
      }),
    );
  });
});
