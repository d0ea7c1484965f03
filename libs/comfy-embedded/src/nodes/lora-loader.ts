import type { AdapterSummary, AdapterUse } from '../engine/pixel-engine.ts';
import { defineNode, type NodeClass, type NodeContext } from './define-node.ts';
import { socket } from './inputs.ts';
import type { NamedFiles } from './node-files.ts';
import { float } from './number-inputs.ts';
import { choice } from './text-inputs.ts';

const strength = float({ default: 1, min: -100, max: 100, step: 0.01 });

/** Reads an adapter and tells of it what does not fit. */
async function readAdapter(
  loras: NamedFiles,
  name: string,
  { engine, signal, reportAdapter }: NodeContext,
): Promise<AdapterSummary> {
  const path = loras.path(name);
  if (path === undefined) throw new RangeError(`the folder of adapters has no ${JSON.stringify(name)}`);
  const adapter = await engine.readAdapter(path, { signal });
  if (adapter.unmatchedKeys.length > 0 || adapter.misfits.length > 0) reportAdapter(name, adapter);
  return adapter;
}

function use({ path, sha256 }: AdapterSummary, factor: number): AdapterUse {
  return { path, sha256, strength: factor };
}

/** `LoraLoader`: an adapter merged into a private copy of UNet and text encoders, each at its own strength. */
export function loraLoader(loras: NamedFiles): NodeClass {
  return defineNode({
    classType: 'LoraLoader',
    displayName: 'Load LoRA',
    description: 'Adds a LoRA adapter to the model and its text encoders. Several loaders can follow each other.',
    category: 'loaders',
    inputs: {
      model: socket('MODEL'),
      clip: socket('CLIP'),
      lora_name: choice(() => loras.names()),
      strength_model: strength,
      strength_clip: strength,
    },
    outputs: ['MODEL', 'CLIP'],
    async execute({ model, clip, lora_name: name, strength_model, strength_clip }, context) {
      const adapter = await readAdapter(loras, name, context);
      return {
        outputs: [
          { type: 'MODEL', value: { ...model, adapters: [...model.adapters, use(adapter, strength_model)] } },
          { type: 'CLIP', value: { ...clip, adapters: [...clip.adapters, use(adapter, strength_clip)] } },
        ],
      };
    },
  });
}

/** `LoraLoaderModelOnly`: an adapter for the UNet alone. */
export function loraLoaderModelOnly(loras: NamedFiles): NodeClass {
  return defineNode({
    classType: 'LoraLoaderModelOnly',
    displayName: 'LoraLoaderModelOnly',
    description: 'Adds a LoRA adapter to the model and leaves the text encoders as they are.',
    category: 'loaders',
    inputs: { model: socket('MODEL'), lora_name: choice(() => loras.names()), strength_model: strength },
    outputs: ['MODEL'],
    async execute({ model, lora_name: name, strength_model }, context) {
      const adapter = await readAdapter(loras, name, context);
      return {
        outputs: [{ type: 'MODEL', value: { ...model, adapters: [...model.adapters, use(adapter, strength_model)] } }],
      };
    },
  });
}
