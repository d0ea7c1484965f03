import type { MaskBatch } from '../images/mask-batch.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { AdapterUse, Conditioning, ImageBatch, Latent } from '../engine/pixel-engine.ts';

/** The UNet of the engine's model, with the adapters that loaders added. */
interface ModelHandle {
  readonly adapters: readonly AdapterUse[];
}

/** The text encoders of the engine's model. */
interface ClipHandle {
  readonly adapters: readonly AdapterUse[];
  /** ComfyUI's `stop_at_clip_layer`. */
  readonly lastLayer: number;
}

/** How latents become images: by the model's own decoder, or quickly by fitted colours. */
interface VaeHandle {
  readonly decoder: 'model' | 'preview';
}

/** What travels along the links of a graph, by ComfyUI's type names. */
export interface SocketTypes {
  readonly MODEL: ModelHandle;
  readonly CLIP: ClipHandle;
  readonly VAE: VaeHandle;
  readonly CONDITIONING: Conditioning;
  readonly LATENT: Latent;
  readonly IMAGE: ImageBatch;
  readonly MASK: MaskBatch;
  readonly INT: bigint;
  readonly FLOAT: number;
  readonly STRING: string;
  readonly BOOLEAN: boolean;
}

/** A type name of a link. */
export type SocketName = keyof SocketTypes;

/** A value on a link together with its type. */
export type SocketValue = {
  readonly [Name in SocketName]: { readonly type: Name; readonly value: SocketTypes[Name] };
}[SocketName];

/** The JSON of a value that a widget can take, undefined for any other value. */
export function primitiveJson({ type, value }: SocketValue): JsonValue | undefined {
  switch (type) {
    case 'INT':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'FLOAT':
    case 'STRING':
    case 'BOOLEAN':
      return value;
    default:
      return undefined;
  }
}
