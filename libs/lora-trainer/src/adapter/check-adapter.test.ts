import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type AdapterArchitecture as Model, unetOf } from '../base/unet-of.ts';
import { adapterModules } from './adapter-modules.ts';
import type { AdapterReport } from './adapter-report.ts';
import { checkAdapter, type CheckAdapterOptions } from './check-adapter.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-adapter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

interface Draft {
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Record<string, string>;
}

type Change = ((draft: Draft) => unknown) | ((draft: Draft) => unknown)[];
const [one, two] = [0x3c00, 0x4000];
function tensor(shape: readonly number[], word = one, dtype = 'F16'): Tensor {
  const count = shape.reduce((product, side) => product * side, 1);
  return { dtype, shape, bytes: Buffer.from(Uint16Array.from({ length: count }, () => word).buffer) };
}

/** A sound adapter: all factors 1, alpha 2. */
function draft(architecture: Model = 'bundled', rank = 4): Draft {
  const tensors = new Map<string, Tensor>();
  for (const { stem, from, to } of adapterModules(unetOf(architecture), 'attention')) {
    tensors.set(`${stem}.lora_down.weight`, tensor([rank, from]));
    tensors.set(`${stem}.lora_up.weight`, tensor([to, rank]));
    tensors.set(`${stem}.alpha`, tensor([], two));
  }
  const isSdxl = architecture === 'sdxl';
  const metadata = {
    ss_v2: 'False',
    ss_network_module: 'networks.lora',
    ss_network_dim: String(rank),
    ss_network_alpha: '2',
    ss_network_args: '{}',
    ss_base_model_version: isSdxl ? 'sdxl_base_v1-0' : 'pixel-sprites',
    'modelspec.sai_model_spec': '1.0.1',
    'modelspec.architecture': isSdxl ? 'stable-diffusion-xl-v1-base/lora' : 'pixel-sprites/lora',
    'modelspec.implementation': 'https://github.com/Stability-AI/generative-models',
    'modelspec.title': 'Tiles',
    'modelspec.license': 'CC0-1.0',
    'modelspec.trigger_phrase': 'tile',
  };
  return { tensors, metadata };
}

function fileOf({ tensors, metadata }: Draft): Buffer {
  const data = Buffer.concat([...tensors.values()].map(({ bytes }) => bytes));
  const digest = sha256Hex(data);
  const header: Record<string, unknown> = {
    __metadata__: { 'modelspec.hash_sha256': `0x${digest}`, sshs_model_hash: digest, ...metadata },
  };
  let from = 0;
  for (const [name, { dtype, shape, bytes }] of tensors) {
    header[name] = { dtype, shape, data_offsets: [from, from + bytes.length] };
    from += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

function check(content: Uint8Array, options: Partial<CheckAdapterOptions> = {}): Promise<AdapterReport> {
  const file = join(folder, 'adapter.safetensors');
  writeFileSync(file, content);
  return checkAdapter(file, { architecture: 'bundled', targets: 'attention', ...options });
}

const kinds = ({ faults }: AdapterReport): string[] => faults.map(({ kind }) => kind);
const stem = 'lora_unet_middle_block_1_transformer_blocks_0_attn2_to_k';
const textKeys = 'lora_unet_input_blocks_3_1_transformer_blocks_0_attn2_to_k.lora_down.weight';
const [down, up, alpha] = [`${stem}.lora_down.weight`, `${stem}.lora_up.weight`, `${stem}.alpha`];
const hashField = 'modelspec.hash_sha256';
const renamed = ['other-naming', 'keys-missing'];

/** Changes to a sound adapter; names are given by how they end or, for `without`, begin. */
const put = (name: string, shape: readonly number[], word?: number, dtype?: string) => (into: Draft) => {
  into.tensors.set(name, tensor(shape, word, dtype));
};
const fill = (ending: string, word: number) => (into: Draft) => {
  for (const [name, { shape }] of into.tensors) {
    if (name.endsWith(ending)) put(name, shape, word)(into);
  }
};
const without = (beginning: string) => (from: Draft) => {
  for (const name of [...from.tensors.keys()]) if (name.startsWith(beginning)) from.tensors.delete(name);
};
const rename = (from: string, to: string) => (draft: Draft) => {
  for (const [name, value] of [...draft.tensors]) {
    draft.tensors.delete(name);
    draft.tensors.set(name.replace(from, to), value);
  }
};

describe('checkAdapter', () => {
  it('reports a sound adapter of each model', async () => {
    const content = fileOf(draft());
    expect(await check(content, { rank: 4 })).toEqual({
      ...{ file: join(folder, 'adapter.safetensors'), bytes: content.length, sha256: sha256Hex(content) },
      ...{ tensors: 168, modules: 56, expectedModules: 56, rank: 4, alpha: 2, dtype: 'F16', faults: [], warnings: [] },
      metadata: { title: 'Tiles', licence: 'CC0-1.0', trigger: 'tile', base: 'pixel-sprites' },
    });
    const sdxl = await check(fileOf(draft('sdxl', 1)), { architecture: 'sdxl' });
    expect(sdxl).toMatchObject({ tensors: 1680, modules: 560, rank: 1, faults: [], warnings: [] });
  });

  it.each([
    ['F32', [0, 0x4000], [0, 0x3f80]],
    ['BF16', [0x4000], [0x3f80]],
  ] as const)('reads %s', async (dtype, alphaWords, words) => {
    const planted = draft();
    for (const [name, { shape, bytes }] of planted.tensors) {
      const value = Uint16Array.from(name.endsWith('.alpha') ? alphaWords : words);
      const values = Buffer.alloc((bytes.length / 2) * value.byteLength, Buffer.from(value.buffer));
      planted.tensors.set(name, { dtype, shape, bytes: values });
    }
    expect(await check(fileOf(planted))).toMatchObject({ faults: [], warnings: [], alpha: 2, dtype });
    const last = planted.tensors.get(up)!.bytes;
    last.writeUInt16LE(0x7f7f, last.length - 2);
    expect((await check(fileOf(planted))).faults).toEqual([]);
    last.writeUInt16LE(0x7f80, last.length - 2);
    expect(kinds(await check(fileOf(planted)))).toEqual(['values-not-finite']);
  });

  it.each<[name: string, kinds: string[], first: string, change: Change]>([
    ['a key missing', ['keys-missing'], up, without(up)],
    ['no tensors', ['keys-missing'], 'lora_unet_input_blocks_3_1', without('')],
    ['a key of no layer', ['keys-unknown'], 'more\uFFFD[2J', put('more\u001b[2J', [1])],
    ['a reserved name', ['keys-unknown'], 'constructor', put('constructor', [1])],
    ['a factor of another height', ['shape-mismatch'], `${up} [96, 4] for [128, 4]`, put(up, [96, 4])],
    ['a factor of a convolution', ['shape-mismatch'], down, put(down, [4, 160, 1, 1])],
    ['a factor of one axis', ['shape-mismatch'], `${down} [4] for`, put(down, [4])],
    ['an alpha with an axis', ['shape-mismatch'], alpha, put(alpha, [1])],
    ['a rank of 0', ['shape-mismatch'], down, put(down, [0, 160])],
    ['one other rank', ['rank-mismatch'], `${stem} (2)`, [put(down, [2, 160]), put(up, [128, 2])]],
    ['an alpha of 0', ['alpha-invalid'], `${alpha} (0)`, put(alpha, [], 0)],
    ['an alpha below 0', ['alpha-invalid'], `${alpha} (-1)`, put(alpha, [], 0xbc00)],
    ['an alpha that is none', ['alpha-invalid', 'values-not-finite'], `${alpha} (NaN)`, put(alpha, [], 0x7e00)],
    ['infinity', ['values-not-finite'], down, put(down, [4, 160], 0x7c00)],
    ['zeros', ['no-effect'], '', fill('.lora_up.weight', 0)],
    ['zeros below 0', ['no-effect'], '', fill('.lora_down.weight', 0x8000)],
    ['whole numbers', ['dtype-unsupported'], `${down} (I16)`, put(down, [4, 160], 1, 'I16')],
    ['text encoders', ['text-encoder-keys'], 'lora_te1_x', put('lora_te1_x.alpha', [])],
    ["PEFT's keys", renamed, 'base_model.model.', rename('', 'base_model.model.')],
    ['a whole model', renamed, '', ({ tensors }) => (tensors.clear(), tensors.set('vae.conv_in.bias', tensor([4])))],
    ["diffusers' keys", renamed, 'unet.', rename('', 'unet.')],
    ["diffusers' blocks", renamed, 'lora_unet_mid_block_', rename('middle_block_1', 'mid_block_attentions_0')],
    ['LoHa', ['other-naming'], `${stem}.hada_w1_a`, put(`${stem}.hada_w1_a`, [1])],
    ['Stable Diffusion 1', ['other-base', 'shape-mismatch'], '', put(textKeys, [4, 768])],
    ['no licence', ['metadata-missing'], 'modelspec.license', ({ metadata }) => delete metadata['modelspec.license']],
    [
      'another digest',
      ['metadata-contradicts'],
      hashField,
      ({ metadata }) => (metadata[hashField] = `0x${sha256Hex('')}`),
    ],
  ])('finds %s', async (_name, expected, first, change) => {
    const planted = draft();
    for (const one of [change].flat()) one(planted);
    const report = await check(fileOf(planted));
    expect(kinds(report)).toEqual(expected);
    expect(report.faults[0]!.names[0] ?? '').toContain(first);
    expect(report.faults.filter(({ message, hint }) => /\p{Cc}/u.test(message) || hint === '')).toEqual([]);
  });

  it('names the first 20 of many, and counts them', async () => {
    const planted = draft();
    fill('.alpha', 0)(planted);
    const [finding] = (await check(fileOf(planted))).faults;
    expect(finding).toMatchObject({ kind: 'alpha-invalid', count: 56 });
    expect(finding!.names.length).toBe(20);
    expect(finding!.message).toMatch(/ and 53 more$/);
  });

  it('warns of what readers stumble over', async () => {
    const planted = draft();
    for (const change of [fill(up, 0), put(alpha, [])]) change(planted);
    delete planted.metadata['modelspec.trigger_phrase'];
    const { faults, warnings, alpha: found } = await check(fileOf(planted));
    expect([faults, found]).toEqual([[], null]);
    expect(warnings.map(({ kind, names }) => [kind, ...names])).toEqual([
      ['layers-without-effect', stem],
      ['alpha-mixed', '2', '1'],
      ['metadata-missing', 'modelspec.trigger_phrase'],
    ]);
  });

  it('holds the file against the rank, the set of layers and the model that were asked for', async () => {
    const content = fileOf(draft());
    expect((await check(content, { rank: 8 })).faults).toMatchObject([{ kind: 'rank-mismatch', count: 56 }]);
    expect((await check(content, { targets: 'attention-ff' })).faults).toMatchObject([
      { kind: 'keys-missing', count: 42 },
    ]);
    const other = await check(content, { architecture: 'sdxl' });
    expect(other.faults[0]!.message).toContain('trained for the bundled model');
    await expect(check(content, { rank: 0 })).rejects.toThrow(RangeError);
    await expect(checkAdapter(join(folder, 'none'), { architecture: 'sdxl', targets: 'attention' })).rejects.toThrow(
      /ENOENT/,
    );
  });

  it('refuses large files, and does not read much larger ones to the end', async () => {
    const content = fileOf(draft());
    const large = await check(content, { maxBytes: content.length - 1 });
    expect([kinds(large), large.sha256]).toEqual([['too-large'], sha256Hex(content)]);
    expect(large.faults[0]!.hint).toContain('rank 3 or less');
    const tiny = await check(content, { maxBytes: 30_000 });
    expect(tiny.faults[0]!.hint).toContain('no rank');
    const huge = await check(content, { maxBytes: 1000 });
    expect([kinds(huge), huge.sha256, huge.rank]).toEqual([['too-large'], null, 4]);
  });

  it('calls no damaged file sound, and throws for none', async () => {
    const planted = draft('bundled', 1);
    const sound = fileOf(planted);
    const headerEnd = 8 + Number(sound.readBigUInt64LE());
    const entriesOf = (file: Buffer): object => {
      return { ...(JSON.parse(file.toString('utf8', 8, headerEnd)) as object), __metadata__: null };
    };
    const byte = fc.tuple(fc.nat(headerEnd - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(byte, async ([at, value]) => {
        const damaged = Buffer.from(sound);
        damaged[at] = value;
        const { faults } = await check(damaged);
        if (faults.length === 0) expect(entriesOf(damaged)).toEqual(entriesOf(sound));
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), async (length) => {
        expect((await check(sound.subarray(0, length))).faults).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
