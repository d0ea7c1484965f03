import type { InferenceSession } from 'onnxruntime-node';
import { AdaptedSessions } from './adapters/adapted-sessions.ts';
import { AdapterStore } from './adapters/adapter-store.ts';
import { adapterStems } from './adapters/adapter-stems.ts';
import type { DecodeRows } from './decode-latent.ts';
import type { PrepareUnet } from './denoiser.ts';
import type { EncodeRows } from './encode-images.ts';
import { scaledLinearSchedule } from './noise-schedule.ts';
import { openSession } from './open-session.ts';
import type { AdapterUse } from './pixel-engine.ts';
import type { PreviewFactors } from './preview-latent.ts';
import type { TextEncoders } from './prompt/encode-prompt.ts';
import type { Vocabulary } from './prompt/tokenize-prompt.ts';
import type { ModelSchedule } from './sample-latent.ts';
import { textEncodersOf } from './text-graphs.ts';
import { unetOf } from './unet-graph.ts';
import { decoderOf, encoderOf } from './vae-graphs.ts';
import type { WorkerStart } from './worker-protocol.ts';

/** The bundled model with its graphs open in ONNX Runtime; lives in the worker thread. */
export interface LoadedModel extends ModelSchedule {
  readonly vocabulary: Vocabulary;
  readonly adapters: AdapterStore;
  readonly textEncoders: (adapters: readonly AdapterUse[]) => Promise<TextEncoders>;
  readonly unet: (adapters: readonly AdapterUse[]) => Promise<PrepareUnet>;
  readonly decodeRows: DecodeRows;
  readonly encodeRows: EncodeRows;
  readonly previewFactors: PreviewFactors;
}

// A prompt is 2 ms of work on one thread; waking more takes longer than that.
const textThreads = 1;

/** Opens a model's graphs; `checkpoint` is called before each and throws to give up. The encoder opens when it is used. */
export async function loadModel({ model, threads }: WorkerStart, checkpoint: () => void): Promise<LoadedModel> {
  const { vocabulary, textLayers, schedule, scalingFactor, graphs, adaptable, preview } = model;
  const open = async (path: string, sessionThreads = threads): Promise<InferenceSession> => {
    checkpoint();
    return openSession(path, sessionThreads);
  };
  const textEncoders = textEncodersOf(
    await open(graphs.textEncoder, textThreads),
    await open(graphs.textEncoder2, textThreads),
    textLayers,
  );
  const prepareUnet = unetOf(await open(graphs.unetContext), await open(graphs.unet));
  const decodeRows = decoderOf(await open(graphs.vaeDecoder));
  const { tensors, unetLayout } = adaptable;
  const adapters = new AdapterStore({ stems: adapterStems(Object.keys(tensors), unetLayout), tensors });
  const sessions = new AdaptedSessions(adaptable, adapters);
  let encoder: Promise<EncodeRows> | undefined;
  return {
    vocabulary,
    schedule: scaledLinearSchedule(schedule),
    scalingFactor,
    adapters,
    async textEncoders(uses) {
      const paths = [adaptable.graphs.textEncoder, adaptable.graphs.textEncoder2];
      const [first, second] = (await sessions.open(paths, 'text_encoder', uses, textThreads)) ?? [];
      return first === undefined || second === undefined ? textEncoders : textEncodersOf(first, second, textLayers);
    },
    async unet(uses) {
      const paths = [adaptable.graphs.unetContext, adaptable.graphs.unet];
      const [context, session] = (await sessions.open(paths, 'unet.', uses, threads)) ?? [];
      return context === undefined || session === undefined ? prepareUnet : unetOf(context, session);
    },
    decodeRows,
    previewFactors: preview,
    async encodeRows(...rows) {
      encoder ??= openSession(graphs.vaeEncoder, threads).then(encoderOf);
      return (await encoder)(...rows);
    },
  };
}
