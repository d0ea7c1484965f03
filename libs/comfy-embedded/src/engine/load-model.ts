import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { DecodeRows } from './decode-latent.ts';
import type { PrepareUnet } from './denoiser.ts';
import { EngineError } from './engine-errors.ts';
import { cellSide, latentChannels } from './latent-cells.ts';
import { scaledLinearSchedule } from './noise-schedule.ts';
import { openSession } from './open-session.ts';
import type { TextEncoders } from './prompt/encode-prompt.ts';
import type { Vocabulary } from './prompt/tokenize-prompt.ts';
import type { DiffusionModel } from './sample-latent.ts';
import type { WorkerStart } from './worker-protocol.ts';

/** The bundled model with its graphs open in ONNX Runtime; lives in the worker thread. */
export interface LoadedModel extends DiffusionModel {
  readonly vocabulary: Vocabulary;
  readonly encodeSections: TextEncoders;
  readonly decodeRows: DecodeRows;
}

/** Opens a model's graphs; `checkpoint` is called before each and throws to give up. */
export async function loadModel({ model, threads }: WorkerStart, checkpoint: () => void): Promise<LoadedModel> {
  const { vocabulary, schedule, scalingFactor, graphs } = model;
  const open = async (path: string, sessionThreads = threads): Promise<InferenceSession> => {
    checkpoint();
    return openSession(path, sessionThreads);
  };
  // A prompt is 2 ms of work on one thread; waking more takes longer than that.
  const textEncoder = await open(graphs.textEncoder, 1);
  const textEncoder2 = await open(graphs.textEncoder2, 1);
  const unet = await open(graphs.unet);
  const vaeDecoder = await open(graphs.vaeDecoder);
  return {
    vocabulary,
    schedule: scaledLinearSchedule(schedule),
    scalingFactor,
    encodeSections: textEncodersOf(textEncoder, textEncoder2),
    prepareUnet: unetOf(unet),
    decodeRows: decoderOf(vaeDecoder),
  };
}

function textEncodersOf(first: InferenceSession, second: InferenceSession): TextEncoders {
  return async (sections) => {
    const ids = BigInt64Array.from(sections.flatMap((section) => section.ids.map(BigInt)));
    const tokens = sections[0]?.ids.length ?? 0;
    const feeds = { input_ids: new Tensor('int64', ids, [sections.length, tokens]) };
    const one = await first.run(feeds);
    const two = await second.run(feeds);
    const states = [one['hidden'], two['hidden']].map((tensor) => {
      const values = floatsOf(tensor, 'hidden');
      return { values, width: values.length / ids.length };
    });
    return { states, pooled: floatsOf(two['pooled'], 'pooled') };
  };
}

function unetOf(session: InferenceSession): PrepareUnet {
  return ({ rows, height, width, tokens, states, pooled }) => {
    const shape = [rows, latentChannels, height, width];
    const sample = new Float32Array(rows * latentChannels * height * width);
    const epsilon = new Float32Array(sample.length);
    const timesteps = new Float32Array(rows);
    // SDXL's micro-conditioning as ComfyUI fills it by default: original size, crop corner, target size.
    const sizes = [height * cellSide, width * cellSide, 0, 0, height * cellSide, width * cellSide];
    const timeIds = Float32Array.from({ length: rows * sizes.length }, (_, i) => sizes[i % sizes.length] ?? 0);
    const feeds = {
      sample: new Tensor('float32', sample, shape),
      timestep: new Tensor('float32', timesteps, [rows]),
      encoder_hidden_states: new Tensor('float32', states, [rows, tokens, states.length / (rows * tokens)]),
      text_embeds: new Tensor('float32', pooled, [rows, pooled.length / rows]),
      time_ids: new Tensor('float32', timeIds, [rows, sizes.length]),
    };
    const fetches = { eps: new Tensor('float32', epsilon, shape) };
    return {
      sample,
      epsilon,
      run: async (timestep) => {
        timesteps.fill(timestep);
        await session.run(feeds, fetches);
      },
    };
  };
}

function decoderOf(session: InferenceSession): DecodeRows {
  return async (values, rows, height, width) => {
    const { image } = await session.run({
      latent: new Tensor('float32', values, [rows, latentChannels, height, width]),
    });
    return floatsOf(image, 'image');
  };
}

function floatsOf(tensor: Tensor | undefined, name: string): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new EngineError('ENGINE_RUNTIME_FAILED', `the graph has no float32 output "${name}"`, { name });
}
