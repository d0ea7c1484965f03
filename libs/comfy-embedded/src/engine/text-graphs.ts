import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { floatsOf } from './floats-of.ts';
import type { TextEncoders } from './prompt/encode-prompt.ts';
import type { PromptSection } from './prompt/tokenize-prompt.ts';

/** The output of a text encoder that ComfyUI's `stop_at_clip_layer` means: beyond its layers, the normed state. */
function outputOf(lastLayer: number, layers: number): string {
  if (-lastLayer > layers) return 'hidden_normed';
  return lastLayer === -1 ? 'hidden_last' : 'hidden';
}

/**
 * The two text encoders as one function.
 *
 * @param layers of each encoder; the graphs know the states after the last two
 */
export function textEncodersOf(first: InferenceSession, second: InferenceSession, layers: number): TextEncoders {
  return async (sections, sections2, lastLayer) => {
    const layer = outputOf(lastLayer, layers);
    const one = await first.run({ input_ids: idsOf(sections) });
    const two = await second.run({ input_ids: idsOf(sections2) });
    const rows = sections.length * (sections[0]?.ids.length ?? 1);
    const states = [one, two].map((outputs) => {
      const values = floatsOf(outputs, layer);
      return { values, width: values.length / rows };
    });
    return { states, pooled: floatsOf(two, 'pooled') };
  };
}

function idsOf(sections: readonly PromptSection[]): Tensor {
  const ids = BigInt64Array.from(sections.flatMap((section) => section.ids.map(BigInt)));
  return new Tensor('int64', ids, [sections.length, sections[0]?.ids.length ?? 0]);
}
