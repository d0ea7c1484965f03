import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashFile, sha256Hex } from '@dgx-pixels/evidence';
import { pixelModelDirectory, readManifest } from '@dgx-pixels/pixel-model';
import { z } from 'zod';
import { LoraTrainerError } from '../errors.ts';
import { sdxlUnet, type UnetShape } from '../plan/unet-shape.ts';
import type { TrainRequest } from '../protocol/train-request.ts';
import { readTensorShapes } from './read-tensor-header.ts';
import { unetOf } from './unet-of.ts';

/** A model that adapters can be trained for. */
export interface BaseModel extends Readonly<TrainRequest['base']> {
  readonly name: string;
  readonly shape: UnetShape;
  /** Parameters of all its parts. */
  readonly parameters: number;
}

/** SDXL base 1.0: UNet 2.567, text encoders 0.123 and 0.695, VAE 0.084 thousand million parameters. */
const sdxlParameters = 3.469e9;
const weightsFile = 'pixel-sprites.safetensors';

/**
 * Looks at a model before anything is done with it: `bundled`, a folder in diffusers' form, or a checkpoint file.
 *
 * @throws LoraTrainerError TRAIN_PLAN_INVALID when it is not there, is a pickle, or is no SDXL base model
 */
export async function inspectBase(base: string): Promise<BaseModel> {
  if (base === 'bundled') return inspectBundled();
  const found = await stat(base).catch(() => null);
  if (found === null)
    throw refuse(`base model ${base} is not there`, 'name a folder or a .safetensors file with --base');
  return found.isDirectory() ? inspectFolder(base) : inspectFile(base);
}

async function inspectBundled(): Promise<BaseModel> {
  const path = pixelModelDirectory();
  const { files, name } = readManifest(path);
  const sha256 = files.find((file) => file.path === weightsFile)?.sha256 ?? (await hashFile(join(path, weightsFile)));
  const shapes = (await readTensorShapes(join(path, weightsFile))) ?? new Map<string, readonly number[]>();
  const parameters = [...shapes.values()].reduce((sum, shape) => sum + shape.reduce((all, side) => all * side, 1), 0);
  return { kind: 'bundled', path, sha256, name, shape: unetOf('bundled'), parameters };
}

const modelIndex = z.object({ _class_name: z.string() });
const unetConfig = z.object({ cross_attention_dim: z.union([z.number(), z.array(z.number())]) });

async function inspectFolder(path: string): Promise<BaseModel> {
  const index = await readFile(join(path, 'model_index.json')).catch(() => null);
  if (index === null) throw refuse(`${path} has no model_index.json`, 'name a folder in the form of diffusers');
  const pipeline = modelIndex.safeParse(jsonOf(index)).data?._class_name ?? 'unknown';
  const unet = await readFile(join(path, 'unet/config.json')).catch(() => Buffer.alloc(0));
  const width = unetConfig.safeParse(jsonOf(unet)).data?.cross_attention_dim;
  refuseOthers(path, [width ?? 0].flat()[0] ?? 0, pipeline);
  return { ...sdxl(path), kind: 'sdxl-folder', sha256: sha256Hex(index) };
}

/** Keys and values of the first text attention, in the names of the original release. */
const textAttention = /^model\.diffusion_model\..*attn2\.to_k\.weight$/;

async function inspectFile(path: string): Promise<BaseModel> {
  const shapes = await readTensorShapes(path);
  if (shapes === null) {
    throw refuse(
      `${path} is no safetensors file: pickles run code when they are read, and are refused`,
      'get the model as .safetensors',
    );
  }
  const width = [...shapes].find(([name]) => textAttention.test(name))?.[1].at(-1) ?? 0;
  refuseOthers(path, width, 'no text attention');
  return { ...sdxl(path), kind: 'sdxl-file', sha256: await hashFile(path) };
}

/** Width of the text states tells the families apart. */
const others: ReadonlyMap<number, string> = new Map([
  [768, 'Stable Diffusion 1'],
  [1024, 'Stable Diffusion 2'],
  [1280, 'the SDXL refiner'],
]);

function refuseOthers(path: string, width: number, otherwise: string): void {
  if (width === sdxlUnet.crossWidth) return;
  const what = others.get(width) ?? `no SDXL model (${otherwise})`;
  throw refuse(`${path} is ${what}; adapters are trained for SDXL base`, 'name an SDXL base model with --base');
}

function sdxl(path: string): Pick<BaseModel, 'path' | 'name' | 'shape' | 'parameters'> {
  return { path, name: basename(path), shape: sdxlUnet, parameters: sdxlParameters };
}

function refuse(message: string, hint: string): LoraTrainerError {
  return new LoraTrainerError('TRAIN_PLAN_INVALID', message, { hint });
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
