import { sgmName, type UnetLayout } from './sgm-names.ts';

const weightSuffix = '.weight';

function underscored(name: string): string {
  return name.replaceAll('.', '_');
}

/** diffusers' older attention spelling, the only one of its own that ComfyUI knows for attention. */
function processorSpelling(name: string): string {
  return name.replaceAll('.to_', '.processor.to_').replace(/\.to_out\.0$/, '.to_out');
}

function unetStems(name: string, layout: UnetLayout): string[] {
  const sgm = sgmName(name, layout);
  const ofSgm = sgm === null ? [] : [`lora_unet_${underscored(sgm)}`, `diffusion_model.${sgm}`];
  const flat = underscored(name);
  const spelled = processorSpelling(name);
  return [...ofSgm, `lora_unet_${flat}`, `lycoris_${flat}`, spelled, `unet.${spelled}`];
}

function textStems(encoder: 1 | 2, name: string): string[] {
  const own = encoder === 1 ? 'text_encoder' : 'text_encoder_2';
  if (name === 'text_projection')
    return encoder === 2 ? ['lora_te2_text_projection', 'lora_prior_te_text_projection'] : [];
  if (!/^text_model\.encoder\.layers\.\d+\.(self_attn|mlp)\./.test(name)) return [];
  const flat = underscored(name);
  return [`lora_te${encoder}_${flat}`, `${own}.${name}`, ...(encoder === 1 ? [`lora_te_${flat}`] : [])];
}

/**
 * The stems under which adapter files name each weight, as ComfyUI 0.3.64 reads them for SDXL: kohya's with SGM or
 * diffusers block names, LyCORIS, generic and older diffusers spellings. PEFT's own names are not among them.
 *
 * @param tensors names of the model's tensors: `unet.…`, `text_encoder.…`, `text_encoder_2.…`
 * @returns stem → tensor name
 */
export function adapterStems(tensors: Iterable<string>, layout: UnetLayout): ReadonlyMap<string, string> {
  const stems = new Map<string, string>();
  for (const tensor of tensors) {
    if (!tensor.endsWith(weightSuffix)) continue;
    const [part = '', ...rest] = tensor.slice(0, -weightSuffix.length).split('.');
    const name = rest.join('.');
    const spellings =
      part === 'unet'
        ? unetStems(name, layout)
        : part === 'text_encoder'
          ? textStems(1, name)
          : part === 'text_encoder_2'
            ? textStems(2, name)
            : [];
    for (const stem of spellings) stems.set(stem, tensor);
  }
  return stems;
}
