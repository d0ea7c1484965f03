import type { AdapterFinding } from './adapter-report.ts';
import { unetOf } from '../base/unet-of.ts';
import { describeFinding, describeNames } from './describe-finding.ts';
import type { TensorEntry } from './parse-tensor-header.ts';

/** Findings that explain keys as a whole, and the keys that they explain. */
export interface RecognisedKeys {
  readonly findings: readonly AdapterFinding[];
  readonly explained: ReadonlySet<string>;
}

const exportKohya = 'npx dgx-pixels train pick <run> --export-to <folder> writes kohya keys';

/** Spellings other than kohya's with the original block names; the first that fits a key counts. */
const namings: readonly (readonly [pattern: RegExp, what: string, hint: string])[] = [
  [/^base_model\.model\./, "PEFT's keys, which ComfyUI matches with nothing", exportKohya],
  [/^(unet|transformer)\./, "diffusers' keys, of which ComfyUI reads only a part", exportKohya],
  [/^(text_encoder|text_encoder_2)\./, "diffusers' keys of text encoders", exportKohya],
  [/^(down_blocks|up_blocks|mid_block)\./, "diffusers' keys without a prefix", exportKohya],
  [/^lora_unet_(down_blocks|up_blocks|mid_block)_/, "kohya's keys with diffusers' block names", exportKohya],
  [/^(diffusion_model|lycoris_)/, 'keys of ComfyUI or LyCORIS', exportKohya],
  [
    /\.(hada_|lokr_|oft_|boft_|dora_scale|glora_)/,
    'factors of LoHa, LoKr, DoRA or another method',
    'train a plain LoRA',
  ],
];

const anyAdapter = /lora|hada_|lokr_|oft_/;
const textEncoder = /^lora_te[12]?_/;
/** Down factor of the keys and values of text attention; its second side is the width of the text states. */
const textAttention =
  /attn2[._](processor[._])?to_[kv].*(lora_down\.weight|lora\.down\.weight|lora_A(\.default)?\.weight)$/;

/** Width of the text states tells the families apart. */
const families: ReadonlyMap<number, string> = new Map([
  [768, 'Stable Diffusion 1'],
  [1024, 'Stable Diffusion 2'],
  [1280, 'the SDXL refiner'],
  [2048, 'SDXL base'],
]);

/**
 * Recognises an adapter for another base model, in another spelling, or with layers of the text encoders.
 *
 * @param crossWidth width of the text states that the model has
 */
export function recogniseNaming(
  tensors: readonly TensorEntry[],
  known: ReadonlySet<string>,
  crossWidth: number,
): RecognisedKeys {
  if (tensors.length > 0 && !tensors.some(({ name }) => anyAdapter.test(name))) {
    const finding = describeFinding('other-naming', 'it holds weights, but no adapter', 'name the file of an adapter');
    return { findings: [finding], explained: new Set(tensors.map(({ name }) => name)) };
  }
  const others = tensors.map(({ name }) => name).filter((name) => !known.has(name));
  const width = tensors.find(({ name, shape }) => textAttention.test(name) && shape.length >= 2)?.shape[1];
  if (width !== undefined && width !== crossWidth) {
    const message = `it was trained for ${familyOf(width)}: it takes text states ${width} wide, and the model has ${crossWidth}`;
    const hint = 'name the base model that the adapter was trained for';
    return { findings: [describeFinding('other-base', message, hint)], explained: new Set(others) };
  }
  const texts = others.filter((name) => textEncoder.test(name));
  const rest = others.filter((name) => !textEncoder.test(name));
  const byNaming = new Map(namings.map((naming): [typeof naming, string[]] => [naming, []]));
  for (const name of rest) {
    const naming = namings.find(([pattern]) => pattern.test(name));
    if (naming !== undefined) byNaming.get(naming)?.push(name);
  }
  return {
    findings: [
      ...[...byNaming].flatMap(([[, what, hint], names]) =>
        describeNames('other-naming', `it has ${what}`, names, hint),
      ),
      ...describeNames(
        'text-encoder-keys',
        'it changes the text encoders too',
        texts,
        'train adapters of the UNet only',
      ),
    ],
    explained: new Set([...texts, ...[...byNaming.values()].flat()]),
  };
}

function familyOf(crossWidth: number): string {
  if (crossWidth === unetOf('bundled').crossWidth) return 'the bundled model';
  return families.get(crossWidth) ?? 'another model';
}
