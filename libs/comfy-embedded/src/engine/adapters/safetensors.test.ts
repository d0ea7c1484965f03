import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../engine-errors.ts';
import { floatValues, readSafetensors } from './safetensors.ts';

/** A file of a header and `dataBytes` bytes; `claimed` overrides the header's stated length. */
function fileOf(header: unknown, dataBytes = 0, claimed?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(dataBytes, 0x3c)]);
}

const tensor = (shape: number[], from: number, to: number, dtype = 'F16') => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

describe('readSafetensors', () => {
  it('reads tensors and metadata', () => {
    const file = fileOf({ __metadata__: { ss_network_dim: '4' }, 'a.weight': tensor([2, 3], 0, 12) }, 12);
    const { tensors, metadata } = readSafetensors(file);
    expect(metadata).toEqual({ ss_network_dim: '4' });
    expect(tensors.get('a.weight')).toMatchObject({ dtype: 'F16', shape: [2, 3] });
    expect([...floatValues('a.weight', tensors.get('a.weight')!)]).toEqual(Array(6).fill(1.05859375));
  });

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['a header longer than the file', fileOf({}, 0, 1000n)],
    ['a header of exabytes', fileOf({}, 0, 2n ** 60n)],
    ['a header that is no JSON', fileOf('{"a": ')],
    ['a header that is a list', fileOf('[]')],
    ['a header in another encoding', fileOf(Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'), 0, 3n)],
    ['metadata that is not text', fileOf({ __metadata__: { a: 1 } })],
    ['an unknown type', fileOf({ a: tensor([1], 0, 2, 'F8') }, 2)],
    ['offsets beyond the file', fileOf({ a: tensor([4], 0, 8) }, 4)],
    ['offsets that go backwards', fileOf({ a: tensor([1], 4, 2) }, 4)],
    ['a shape of another size', fileOf({ a: tensor([3], 0, 8) }, 8)],
    ['a negative side', fileOf({ a: tensor([-1], 0, 2) }, 8)],
    ['tensors over each other', fileOf({ a: tensor([2], 0, 4), b: tensor([2], 2, 6) }, 8)],
  ])('refuses %s', (_name, file) => {
    expect(() => readSafetensors(file)).toThrow(expect.objectContaining({ code: 'ENGINE_ADAPTER_INVALID' }) as Error);
  });

  it('answers any damage with its own error or a sound file', () => {
    const sound = fileOf({ 'a.weight': tensor([2, 3], 0, 12), b: tensor([1], 12, 16, 'F32') }, 16);
    fc.assert(
      fc.property(fc.nat(sound.length), fc.nat(sound.length - 1), fc.nat(255), (cut, at, byte) => {
        const damaged = Uint8Array.from(sound);
        damaged[at] = byte;
        try {
          for (const { shape, bytes } of readSafetensors(damaged.subarray(0, cut)).tensors.values()) {
            expect(bytes.length).toBeGreaterThanOrEqual(shape.reduce((a, b) => a * b, 1));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
        }
      }),
    );
  });
});

describe('floatValues', () => {
  const bytes = (...words: number[]) => new Uint8Array(Uint16Array.from(words).buffer);

  it('reads half precision exactly', () => {
    const values = floatValues('a', {
      dtype: 'F16',
      shape: [6],
      bytes: bytes(0x3c00, 0xc000, 0x0001, 0x7bff, 0xfc00, 0x8000),
    });
    expect([...values]).toEqual([1, -2, 2 ** -24, 65504, -Infinity, -0]);
    expect(floatValues('a', { dtype: 'F16', shape: [1], bytes: bytes(0x7e00) })[0]).toBeNaN();
  });

  it('reads bfloat16 exactly', () => {
    const values = floatValues('a', { dtype: 'BF16', shape: [3], bytes: bytes(0x3f80, 0xc000, 0x7f80) });
    expect([...values]).toEqual([1, -2, Infinity]);
  });

  it('refuses whole numbers', () => {
    expect(() => floatValues('a', { dtype: 'I64', shape: [1], bytes: new Uint8Array(8) })).toThrow(/a holds I64/);
  });
});
