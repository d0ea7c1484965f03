import { randomInt } from 'node:crypto';
import { type ClientSocket, checkpointOf, type ConformanceContext } from './conformance-context.ts';
import { describe, Unavailable, Unmet } from './finding.ts';
import { type Graph, node, shownPicture } from './graph.ts';
import { awaitEnd, Refused, runToEnd, submit, type TakenPrompt } from './prompt-run.ts';

/** What to sample. */
export interface SampledPicture {
  /** Denoising steps. */
  readonly steps: number;
  /** Side of the square picture, pixels. */
  readonly side: number;
}

/** Side of the pictures that checks sample, pixels. */
export const sampledSide = 64;

/** Text to picture with a fresh seed; node `sampled` samples, node `shown` shows. Guidance is off, which halves the work. */
function sampledGraph(checkpoint: string, { steps, side }: SampledPicture): Graph {
  const text = { clip: ['model', 1], text: 'a red apple' };
  return {
    model: node('CheckpointLoaderSimple', { ckpt_name: checkpoint }),
    positive: node('CLIPTextEncode', text),
    empty: node('EmptyLatentImage', { width: side, height: side, batch_size: 1 }),
    sampled: node('KSampler', {
      model: ['model', 0],
      positive: ['positive', 0],
      negative: ['positive', 0],
      latent_image: ['empty', 0],
      seed: randomInt(2 ** 40),
      steps,
      cfg: 1,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
    }),
    decoded: node('VAEDecode', { samples: ['sampled', 0], vae: ['model', 2] }),
    shown: node('PreviewImage', { images: ['decoded', 0] }),
  };
}

/**
 * A graph that samples with the server's model, once a run of one step has shown that the model can.
 *
 * @throws Unavailable if there is no model, or none that samples this way
 */
export async function modelGraph(context: ConformanceContext, picture: SampledPicture): Promise<Graph> {
  const checkpoint = checkpointOf(context);
  const { target } = context;
  target.modelFault ??= await tryModel(context, sampledGraph(checkpoint, { steps: 1, side: sampledSide }));
  if (target.modelFault !== 'none') throw new Unavailable(`${checkpoint} does not sample: ${target.modelFault}`);
  return sampledGraph(checkpoint, picture);
}

/** Runs a graph and tells why it failed, `none` if it did not. */
async function tryModel(context: ConformanceContext, trial: Graph): Promise<string> {
  try {
    const { entry } = await runToEnd(context, trial, { timeoutMs: context.target.modelPatienceMs });
    const told = entry.status.messages.find(([type]) => type === 'execution_error')?.[1];
    return told === undefined ? 'none' : describe(told['exception_message']);
  } catch (error) {
    if (error instanceof Refused) return error.seen;
    throw error;
  }
}

/** Steps of a run that is there to be cancelled, and its side in pixels: long on any device, never run to its end. */
const longRun = { steps: 1000, side: 256 } as const;

/** Starts a run that no check waits for, and returns when it samples. The check's end cancels it. */
export async function startLongRun(context: ConformanceContext, socket: ClientSocket): Promise<TakenPrompt> {
  const graph = await modelGraph(context, longRun);
  const taken = await submit(context, graph, { client_id: socket.clientId });
  await untilProgress(context, socket, taken);
  return taken;
}

/** Waits for as many progress events of a prompt as are asked for. @throws Unmet when they do not come */
export async function untilProgress(
  context: ConformanceContext,
  socket: ClientSocket,
  { promptId }: TakenPrompt,
  count = 1,
): Promise<void> {
  const heard = (): number =>
    socket.events.filter(({ type, data }) => type === 'progress' && data['prompt_id'] === promptId).length;
  await socket.untilHeard(`${count} progress events`, () => heard() >= count, context.target.modelPatienceMs);
}

/** Cancels a run and waits for its end. @throws Unmet when it does not end */
export async function cancelRun(context: ConformanceContext, socket: ClientSocket, taken: TakenPrompt): Promise<void> {
  const reply = await context.post('/interrupt', { prompt_id: taken.promptId });
  if (reply.status !== 200) throw new Unmet('200 for /interrupt with a prompt id', reply.status);
  await socket.until(
    'execution_interrupted',
    ({ type, data }) => type === 'execution_interrupted' && data['prompt_id'] === taken.promptId,
    context.target.modelPatienceMs,
  );
  context.forget(taken.promptId);
}

/**
 * Sends small prompts while a long run keeps the server busy, ends that run and tells in which order they ran.
 *
 * @param prompts - name → members of the request besides the prompt, in the order in which they are sent
 * @returns the names in the order of `execution_start`
 */
export async function orderOfWaiting(
  context: ConformanceContext,
  prompts: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<readonly string[]> {
  const socket = await context.openSocket();
  const running = await startLongRun(context, socket);
  const names = new Map<string, string>();
  const taken: TakenPrompt[] = [];
  for (const [name, more] of Object.entries(prompts)) {
    const one = await submit(context, shownPicture(), { client_id: socket.clientId, ...more });
    names.set(one.promptId, name);
    taken.push(one);
  }
  await cancelRun(context, socket, running);
  for (const one of taken) await awaitEnd(context, socket, one, context.target.modelPatienceMs);
  const started = socket.events.filter(({ type }) => type === 'execution_start').map(({ data }) => data['prompt_id']);
  return started.flatMap((id) => names.get(String(id)) ?? []);
}
