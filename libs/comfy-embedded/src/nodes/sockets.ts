import type { Conditioning, ImageBatch, Latent, PixelEngine } from '../engine/pixel-engine.ts';

/** What travels along the links of a graph, by ComfyUI's type names. */
export interface SocketTypes {
  readonly MODEL: PixelEngine;
  readonly CLIP: PixelEngine;
  readonly VAE: PixelEngine;
  readonly CONDITIONING: Conditioning;
  readonly LATENT: Latent;
  readonly IMAGE: ImageBatch;
}

/** A type name of a link. */
export type SocketName = keyof SocketTypes;

/** A value on a link together with its type. */
export type SocketValue = {
  readonly [Name in SocketName]: { readonly type: Name; readonly value: SocketTypes[Name] };
}[SocketName];
