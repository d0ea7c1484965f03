import { join } from 'node:path';
import {
  PixelModelError,
  readManifest,
  readVocabulary,
  verifyPixelModel,
  type PixelModelManifest,
} from '@dgx-pixels/pixel-model';
import { unetLayout, type UnetLayout } from './adapters/sgm-names.ts';
import { EngineError } from './engine-errors.ts';
import type { ScaledLinearBetas } from './noise-schedule.ts';
import type { PreviewFactors } from './preview-latent.ts';
import type { Vocabulary } from './prompt/tokenize-prompt.ts';

const weightsSuffix = '.safetensors';

/** What adapters need to know of a model. */
export interface AdaptableDescription {
  readonly tensors: PixelModelManifest['tensors'];
  readonly unetLayout: UnetLayout;
  /** The weights file; absolute. */
  readonly weightsPath: string;
  /** Where its tensors begin, in bytes. */
  readonly dataStart: number;
  /** What the adaptable graphs call the float32 weights that they read. */
  readonly buffer: string;
  /** Absolute paths. */
  readonly graphs: {
    readonly textEncoder: string;
    readonly textEncoder2: string;
    readonly unetContext: string;
    readonly unet: string;
  };
}

/** What the engine needs to know of a model before it opens the graphs. */
export interface ModelDescription {
  readonly checkpointName: string;
  /** sha256 of the weights file. */
  readonly modelSha256: string;
  readonly vocabulary: Vocabulary;
  /** Layers of each text encoder. */
  readonly textLayers: number;
  readonly schedule: ScaledLinearBetas;
  readonly scalingFactor: number;
  /** Absolute paths. */
  readonly graphs: {
    readonly textEncoder: string;
    readonly textEncoder2: string;
    readonly unetContext: string;
    readonly unet: string;
    readonly vaeDecoder: string;
    readonly vaeEncoder: string;
  };
  readonly adaptable: AdaptableDescription;
  readonly preview: PreviewFactors;
}

/**
 * Reads a model's manifest and vocabulary and compares every file with its digest.
 *
 * @throws EngineError ENGINE_MODEL_MISSING when a file cannot be read, ENGINE_MODEL_CORRUPT when one differs from the
 * manifest, with all differences in the message.
 */
export async function readModel(directory: string): Promise<ModelDescription> {
  try {
    return await describe(directory);
  } catch (error) {
    if (!(error instanceof PixelModelError)) throw error;
    const code = error.code === 'PIXEL_MODEL_FILE_MISSING' ? 'ENGINE_MODEL_MISSING' : 'ENGINE_MODEL_CORRUPT';
    throw new EngineError(code, error.message, error.details, error);
  }
}

async function describe(directory: string): Promise<ModelDescription> {
  const verification = await verifyPixelModel(directory);
  if (!verification.ok) {
    const isMissing = verification.faults.some(({ problem }) => problem === 'missing');
    const faults = verification.faults.map(
      ({ path, problem, expected, actual }) =>
        `${path}: ${problem} is ${actual ?? 'unknown'}, the manifest says ${expected}`,
    );
    throw new EngineError(isMissing ? 'ENGINE_MODEL_MISSING' : 'ENGINE_MODEL_CORRUPT', faults.join('; '), { faults });
  }
  const { files, graphs, config, schedule, tensors, adaptable, preview } = readManifest(directory);
  const weights = files.find(({ path }) => path.endsWith(weightsSuffix));
  if (weights === undefined)
    throw new EngineError('ENGINE_MODEL_CORRUPT', `the manifest names no ${weightsSuffix} file`);
  const words = readVocabulary(directory);
  return {
    checkpointName: weights.path,
    modelSha256: weights.sha256,
    vocabulary: {
      words: words.tokens,
      wordPattern: new RegExp(words.pattern, 'g'),
      sectionTokens: words.maxTokens,
      beginId: words.begin,
      endId: words.end,
      unknownId: words.unknown,
    },
    textLayers: config.textLayers,
    schedule,
    scalingFactor: config.scalingFactor,
    graphs: {
      textEncoder: join(directory, graphs.text_encoder.file),
      textEncoder2: join(directory, graphs.text_encoder_2.file),
      unetContext: join(directory, graphs.unet_context.file),
      unet: join(directory, graphs.unet.file),
      vaeDecoder: join(directory, graphs.vae_decoder.file),
      vaeEncoder: join(directory, graphs.vae_encoder.file),
    },
    adaptable: {
      tensors,
      unetLayout: unetLayout(Object.keys(tensors)),
      weightsPath: join(directory, weights.path),
      dataStart: adaptable.dataStart,
      buffer: adaptable.buffer,
      graphs: {
        textEncoder: join(directory, adaptable.graphs.text_encoder),
        textEncoder2: join(directory, adaptable.graphs.text_encoder_2),
        unetContext: join(directory, adaptable.graphs.unet_context),
        unet: join(directory, adaptable.graphs.unet),
      },
    },
    preview,
  };
}
