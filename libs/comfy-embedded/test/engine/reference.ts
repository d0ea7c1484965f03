import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pixelModelDirectory } from '@dgx-pixels/pixel-model';
import { z } from 'zod';

const folder = join(pixelModelDirectory(), '..', 'reference');

const headerSchema = z.record(
  z.string(),
  z.object({ dtype: z.string(), shape: z.array(z.int()), data_offsets: z.tuple([z.int(), z.int()]) }),
);

/** What PyTorch and diffusers computed from the bundled weights; see `note` in the file. */
export const reference = z
  .object({
    weights: z.object({ sha256: z.string() }),
    text: z.object({ prompts: z.array(z.string()) }),
    adapter: z.object({
      file: z.string(),
      unetStrength: z.number(),
      textStrength: z.number(),
      unetWeights: z.int(),
      textWeights: z.int(),
      unmatchedKeys: z.array(z.string()),
    }),
    image: z.object({ prompt: z.string(), negative: z.string(), seed: z.int(), steps: z.int(), guidance: z.number() }),
  })
  .parse(JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')));

/** An adapter that changes a few weights of every kind; what it makes of the networks is in the reference file. */
export const adapterPath = join(folder, reference.adapter.file);

/** A float32 tensor. */
interface StoredTensor {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Reads the float32 tensors of a safetensors file by name. */
export function openTensors(path: string): (name: string) => StoredTensor {
  const bytes = readFileSync(path);
  const dataStart = 8 + Number(bytes.readBigUInt64LE(0));
  const stored = z.record(z.string(), z.unknown()).parse(JSON.parse(bytes.toString('utf8', 8, dataStart)));
  const header = headerSchema.parse(
    Object.fromEntries(Object.entries(stored).filter(([name]) => name !== '__metadata__')),
  );
  return (name) => {
    const entry = header[name];
    if (entry?.dtype !== 'F32') throw new Error(`${path} has no float32 tensor ${name}`);
    const [from, to] = entry.data_offsets;
    const copy = Uint8Array.from(bytes.subarray(dataStart + from, dataStart + to));
    return { values: new Float32Array(copy.buffer), shape: entry.shape };
  };
}

/** A float32 tensor of the reference file. */
export const referenceTensor = openTensors(join(folder, 'reference.safetensors'));
