import { applyParameters, runWorkflow, viewImage } from '@dgx-pixels/comfy-client';
import type { ComfyClient, JobResult, SucceededJob } from '@dgx-pixels/comfy-client';
import type { SampleRow } from '@dgx-pixels/evidence';
import type { PlannedRun, ScenarioPlan } from '../plan/plan-runs.ts';
import type { LoadedWorkflow } from '../workflow/load-workflow.ts';
import { inspectImage } from './inspect-image.ts';
import type { InspectedImage } from './inspect-image.ts';

/** One run: its row, and the image files in the order of `row.images`. */
export interface Sample {
  readonly row: SampleRow;
  readonly files: readonly Uint8Array[];
}

/** Where and how to run. */
export interface RunSampleOptions {
  readonly client: ComfyClient;
  readonly workflow: LoadedWorkflow;
  readonly plan: ScenarioPlan;
  /** Beginning of the server's file names; a folder of its own keeps the server from listing old files at each save. */
  readonly filenamePrefix: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one prompt and checks its answer. The clock stops when the server's history names the images; downloading,
 * decoding and hashing them is not timed. A run that fails or answers wrongly is a row with `failure`.
 *
 * @throws the signal's reason on abort; ComfyClientError when the server cannot be reached.
 */
export async function runSample(run: PlannedRun, options: RunSampleOptions): Promise<Sample> {
  const { client, workflow, plan, signal } = options;
  const { scenario, recipe } = plan;
  const graph = applyParameters(workflow, {
    checkpoint: recipe.checkpoint,
    positive: run.prompt,
    negative: recipe.negative,
    width: scenario.width,
    height: scenario.height,
    batchSize: scenario.batchSize,
    seed: run.seed,
    steps: recipe.steps,
    cfg: recipe.cfg,
    sampler: recipe.sampler,
    scheduler: recipe.scheduler,
    filenamePrefix: options.filenamePrefix,
  });
  const startedAt = new Date().toISOString();
  const started = performance.now();
  // Previews cost a decode a step on servers that send them; a measurement asks for none.
  const job = await runWorkflow(client, graph, {
    signal,
    timeoutMs: plan.runTimeoutMs,
    digestOutputs: false,
    extraData: { preview_method: 'none' },
  });
  const failedMs = performance.now() - started;
  const base = { index: run.index, seed: run.seed.toString(), promptId: job.promptId, prompt: run.prompt, startedAt };
  if (job.status !== 'succeeded') {
    const row = { ...base, clientMs: failedMs, serverMs: null, nodeMs: {}, cachedNodes: [], images: [] };
    return { row: { ...row, failure: describeEnd(job) }, files: [] };
  }
  const received = await receiveImages(client, job, signal);
  const wrong = received.failure ?? wrongAnswer(job, received.images, options);
  return {
    row: {
      ...base,
      clientMs: job.clientMs,
      serverMs: job.serverMs,
      nodeMs: { ...job.nodeMs },
      cachedNodes: [...job.cachedNodes],
      images: received.images.map((image) => ({ ...image, path: null })),
      failure: wrong,
    },
    files: received.files,
  };
}

interface ReceivedImages {
  readonly images: readonly InspectedImage[];
  readonly files: readonly Uint8Array[];
  readonly failure: string | null;
}

async function receiveImages(client: ComfyClient, job: SucceededJob, signal?: AbortSignal): Promise<ReceivedImages> {
  const images: InspectedImage[] = [];
  const files: Uint8Array[] = [];
  let failure: string | null = null;
  for (const reference of job.images) {
    const { bytes } = await viewImage(client, reference, { signal });
    const inspection = await inspectImage(bytes);
    if (inspection.status === 'unreadable') failure ??= `${reference.filename} cannot be decoded: ${inspection.reason}`;
    else {
      images.push(inspection.image);
      files.push(bytes);
    }
  }
  return { images, files, failure };
}

/** What is wrong with a succeeded run's answer; null when it is the expected one. */
function wrongAnswer(job: SucceededJob, images: readonly InspectedImage[], options: RunSampleOptions): string | null {
  const { expect } = options.plan.scenario;
  if (job.socketLost) return 'the event socket was lost, so it is unknown which nodes ran';
  for (const [role, node] of Object.entries(options.workflow.nodes)) {
    if (role === 'checkpoint') continue;
    if (job.cachedNodes.includes(node)) return `node ${node} (${role}) was answered from the server's cache`;
    if (!job.executedNodes.includes(node)) return `node ${node} (${role}) was not seen to run`;
  }
  if (images.length !== expect.images) return `the number of images is ${images.length} instead of ${expect.images}`;
  for (const [position, { width, height, blank }] of images.entries()) {
    const size = `${width} × ${height}`;
    if (width !== expect.width || height !== expect.height) {
      return `image ${position} has ${size} pixels instead of ${expect.width} × ${expect.height}`;
    }
    if (blank) return `image ${position} has one colour only`;
  }
  return null;
}

function describeEnd(job: Exclude<JobResult, SucceededJob>): string {
  switch (job.status) {
    case 'failed':
      return `${job.reason}${job.nodeId === null ? '' : ` at node ${job.nodeId}`}: ${job.message}`.slice(0, 4000);
    case 'interrupted':
      return 'somebody else interrupted the prompt';
    case 'rejected':
      return `the server refused the prompt with status ${job.httpStatus}: ${job.message}`.slice(0, 4000);
    case 'lost':
      return `the server forgot the prompt: ${job.message}`.slice(0, 4000);
    case 'timed-out':
      return `no result within ${job.timeoutMs} ms`;
  }
}
