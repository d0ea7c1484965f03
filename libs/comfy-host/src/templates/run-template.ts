import { freeMemory, getObjectInfo, runWorkflow, validateWorkflow } from '@dgx-pixels/comfy-client';
import type { JobResult, ParameterValues, ProgressEvent, WorkflowFault } from '@dgx-pixels/comfy-client';
import type { EngineHandle } from '../engine-handle.ts';
import { describeEnd } from '../describe-end.ts';
import type { ServerCheck } from '../server-check.ts';
import { judgePictures, type TemplatePictures } from './judge-pictures.ts';
import type { LoadedTemplate } from './load-template.ts';
import { fillTemplate, type TemplateRequest, uploadFixtures } from './prepare-request.ts';

/** Options of {@link runTemplate}. */
export interface RunTemplateOptions {
  /** Parameters to change. @default the template's own values */
  readonly values?: ParameterValues | undefined;
  /** False asks only for validation and execution: for weights that draw nothing. @default true */
  readonly checkLooks?: boolean | undefined;
  /** Has the server forget node results first, and checks that it made the pictures anew. @default false */
  readonly fresh?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Limit of the run, milliseconds. @default 600_000 */
  readonly timeoutMs?: number | undefined;
  readonly onEvent?: ((event: ProgressEvent) => void) | undefined;
}

/** What came of a request. Whether that is good enough is for others to say. */
export interface TemplateRun {
  readonly request: TemplateRequest;
  readonly looksChecked: boolean;
  /** What keeps the server from running the request; then nothing was sent. */
  readonly faults: readonly WorkflowFault[];
  readonly job: JobResult | null;
  readonly checks: readonly ServerCheck[];
  /** Null when the run brought no pictures. */
  readonly pictures: TemplatePictures | null;
}

/** Classes that make a new picture; each of them has to run anew. */
const freshClasses = ['KSampler', 'KSamplerAdvanced', 'VAEDecode', 'SaveImage'];

/**
 * Runs a template on an engine and looks at what comes back, pixel by pixel. What does not hold is a check in the result.
 *
 * @throws ComfyClientError COMFY_PARAMETER_INVALID before anything is sent, and when the server cannot be reached; the
 * signal's reason
 */
export async function runTemplate(
  engine: EngineHandle,
  loaded: LoadedTemplate,
  options: RunTemplateOptions = {},
): Promise<TemplateRun> {
  // Bad values are refused before anything is uploaded.
  fillTemplate(loaded, options.values ?? {});
  const values = await uploadFixtures(engine.client, loaded, options.values ?? {}, options.signal);
  return runRequest(engine, fillTemplate(loaded, values), options);
}

/**
 * Runs a request that is filled in already; what it needs on the server is there.
 *
 * @throws ComfyClientError when the server cannot be reached; the signal's reason
 */
export async function runRequest(
  engine: EngineHandle,
  request: TemplateRequest,
  options: Omit<RunTemplateOptions, 'values'> = {},
): Promise<TemplateRun> {
  const { signal, timeoutMs = 600_000, checkLooks: looksChecked = true } = options;
  const faults = validateWorkflow(request.graph, await getObjectInfo(engine.client, { signal }));
  const valid = validity(request, faults);
  if (faults.length > 0) return { request, looksChecked, faults, job: null, checks: [valid], pictures: null };
  if (options.fresh === true) await freeMemory(engine.client, { freeMemory: true, signal });
  const job = await runWorkflow(engine.client, request.graph, { signal, timeoutMs, onEvent: options.onEvent });
  if (job.status !== 'succeeded') {
    const ended = { id: 'completes', passed: false, detail: describeEnd(job) };
    return { request, looksChecked, faults, job, checks: [valid, ended], pictures: null };
  }
  const judged = await judgePictures(engine, request, job, { looksChecked, signal });
  const checks = [
    valid,
    { id: 'completes', passed: true, detail: `prompt ${job.promptId} took ${Math.round(job.clientMs)} ms` },
    ...(options.fresh === true ? [freshness(request, job)] : []),
    ...judged.checks,
  ];
  return { request, looksChecked, faults, job, checks, pictures: judged.pictures };
}

function validity({ graph }: TemplateRequest, faults: readonly WorkflowFault[]): ServerCheck {
  const detail = faults.map(({ nodeId, message }) => `node ${nodeId ?? '–'}: ${message}`).join('; ');
  const passed = faults.length === 0;
  return {
    id: 'isValidHere',
    passed,
    detail: passed ? `${Object.keys(graph).length} nodes` : detail.slice(0, 2000),
  };
}

function freshness({ graph }: TemplateRequest, job: Extract<JobResult, { status: 'succeeded' }>): ServerCheck {
  const fresh = Object.keys(graph).filter((id) => freshClasses.includes(graph[id]?.class_type ?? ''));
  const idle = fresh.filter((id) => !job.executedNodes.includes(id) || job.cachedNodes.includes(id));
  const detail = idle.length === 0 ? `nodes ${fresh.join(', ')} ran` : `no sign that nodes ${idle.join(', ')} ran`;
  return { id: 'runsSamplerDecoderAndWriter', passed: idle.length === 0, detail };
}
