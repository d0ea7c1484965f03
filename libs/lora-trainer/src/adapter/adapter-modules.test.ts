import { sha256Hex } from '@dgx-pixels/evidence';
import { describe, expect, it } from 'vitest';
import { unetOf } from '../base/unet-of.ts';
import { adapterSize } from '../plan/training-work.ts';
import { adapterModules } from './adapter-modules.ts';

describe('adapterModules', () => {
  // Digests of what the Python trainer finds: `kohya_stem` of `target_layers` of diffusers' own UNets.
  it.each([
    ['sdxl', 'attention', 560, '7f58878f6d7fc8fc0ead6483bb1946793e6fed661995eb12b8b1337496c79adf'],
    ['sdxl', 'attention-ff', 700, '2575aacad6fe367c6200bfb2288954204da8ab50958eb41930d6c67566b35426'],
    ['sdxl', 'attention-ff-proj', 722, 'fe56366b044ae6a8671691c6e699a148b430118d8d1bd882f263909f3148d8a3'],
    ['bundled', 'attention', 56, 'b5b82fd570bb18d778fd857d3b56b689abcacc800d23606ff678226929d78a2e'],
    ['bundled', 'attention-ff', 70, '1e2684f5d442ea522bca0912b27c66f7e82b3904d296479301a8b2a53dac8256'],
    ['bundled', 'attention-ff-proj', 84, '59b2ed7ed454a514acc5e5b807cc985b088a41d4f8d751963d688b9250ef0e37'],
  ] as const)('%s, %s: the %i layers that the trainer adapts, in its shapes', (architecture, set, count, digest) => {
    const modules = adapterModules(unetOf(architecture), set);
    const lines = modules.map(({ stem, from, to }) => `${stem} ${to}x${from}`).sort();
    expect(modules.length).toBe(count);
    expect(sha256Hex(lines.join('\n'))).toBe(digest);
  });

  it("uses kohya's names", () => {
    const stems = new Map(adapterModules(unetOf('sdxl'), 'attention-ff-proj').map((module) => [module.stem, module]));
    expect(stems.get('lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q')).toMatchObject({
      from: 640,
      to: 640,
    });
    expect(stems.get('lora_unet_middle_block_1_transformer_blocks_9_attn2_to_k')).toMatchObject({
      from: 2048,
      to: 1280,
    });
    expect(stems.get('lora_unet_output_blocks_5_1_transformer_blocks_1_ff_net_0_proj')).toMatchObject({ to: 5120 });
    expect(stems.has('lora_unet_input_blocks_1_1_proj_in')).toBe(false);
  });
});

describe('the size of an adapter', () => {
  it.each(['attention', 'attention-ff', 'attention-ff-proj'] as const)(
    '%s: the layers are those it was counted from',
    (set) => {
      for (const architecture of ['sdxl', 'bundled'] as const) {
        const modules = adapterModules(unetOf(architecture), set);
        const values = modules.reduce((sum, { from, to }) => sum + 7 * (from + to) + 1, 0);
        expect(adapterSize(unetOf(architecture), set, 7)).toMatchObject({
          modules: modules.length,
          tensorBytes: 2 * values,
        });
      }
    },
  );
});
