import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTensorHeader } from './parse-tensor-header.ts';

const entry = (from: number, to: number, shape = [(to - from) / 2], dtype = 'F16') => {
  return { dtype, shape, data_offsets: [from, to] };
};

function read(header: unknown, dataBytes: number) {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  return parseTensorHeader(Buffer.from(text), dataBytes);
}

function kindsOf(header: unknown, dataBytes: number): string[] {
  return read(header, dataBytes).findings.map(({ kind }) => kind);
}

describe('parseTensorHeader', () => {
  it('reads tensors in the order of their bytes, and metadata; blanks may follow', () => {
    const header = { b: entry(4, 8), __metadata__: { a: 'x' }, a: entry(0, 4), none: entry(4, 4, [0, 7]) };
    const { header: found, findings } = read(`${JSON.stringify(header)}   `, 8);
    expect(findings).toEqual([]);
    expect(found?.tensors.map(({ name }) => name)).toEqual(['a', 'none', 'b']);
    expect(found?.metadata).toEqual(new Map([['a', 'x']]));
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['a blank first', ' {}'],
    ['a byte order mark first', '\uFEFF{}'],
    ['half an object', '{"a": '],
    ['depth', `{"a":${'['.repeat(100_000)}`],
  ])('reads nothing of a header with %s', (_name, text) => {
    expect(read(text, 0)).toMatchObject({ header: null, findings: [{ kind: 'header-invalid' }] });
  });

  it('reads nothing of another encoding', () => {
    expect(parseTensorHeader(Uint8Array.of(0x7b, 0xff, 0x7d), 0).header).toBeNull();
  });

  it.each<[string, string[], unknown, number]>([
    ['tensors over each other', ['offsets-invalid'], { a: entry(0, 4), b: entry(2, 6) }, 6],
    ['one tensor twice', ['offsets-invalid'], { a: entry(0, 4), b: entry(0, 4) }, 4],
    ['a gap', ['offsets-invalid'], { a: entry(0, 4), b: entry(6, 8) }, 8],
    ['a shape of another size', ['offsets-invalid'], { a: entry(0, 4, [3]) }, 4],
    ['a shape beyond all numbers', ['offsets-invalid'], { a: entry(0, 4, Array<number>(8).fill(1e15)) }, 4],
    ['offsets backwards', ['offsets-invalid', 'offsets-invalid', 'trailing-bytes'], { a: entry(4, 2, [1]) }, 4],
    ['a cut file', ['truncated'], { a: entry(0, 4), b: entry(4, 8) }, 7],
    ['bytes after the last tensor', ['trailing-bytes'], { a: entry(0, 4) }, 5],
    ['bytes and no tensor', ['trailing-bytes'], {}, 5],
    ['whole numbers', ['dtype-unsupported'], { a: entry(0, 4, [2], 'I16') }, 4],
    ['a type with a reserved name', ['dtype-unsupported'], { a: entry(0, 4, [2], 'constructor') }, 4],
    ['a key twice', ['duplicate-key'], '{"a":{"dtype":"F16","shape":[],"shape":[],"data_offsets":[0,2]}}', 2],
    ['a fraction', ['header-invalid'], '{"a":{"dtype":"F16","shape":[1.0],"data_offsets":[0,2]}}', 2],
    ['an entry of another form', ['header-invalid'], { a: 7, b: entry(0, 2) }, 2],
    ['an entry with more', ['header-invalid'], { a: { ...entry(0, 0), more: 1 } }, 0],
    ['metadata that are no text', ['header-invalid'], { __metadata__: { a: 1 } }, 0],
    ['metadata that are a list', ['header-invalid'], { __metadata__: [] }, 0],
  ])('finds %s', (_name, expected, header, dataBytes) => {
    expect(kindsOf(header, dataBytes)).toEqual(expected);
  });

  it('takes any bytes', () => {
    const number = fc.oneof(fc.nat(20), fc.double(), fc.maxSafeInteger());
    const odd = fc.record({
      dtype: fc.constantFrom('F16', 'F32', 'x'),
      shape: fc.array(number),
      data_offsets: fc.array(number),
    });
    const header = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), odd));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseTensorHeader(bytes, 8)));
    fc.assert(fc.property(header, fc.nat(), (value, size) => void read(value, size)));
  });
});
