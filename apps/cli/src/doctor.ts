import { relative } from 'node:path';
import { checkServer, openEngine, writeEngineCheck } from '@dgx-pixels/comfy-host';
import type { EngineCheckPayload, HostBaselinePayload, TemplateRunRecord } from '@dgx-pixels/evidence';
import { measureHost, writeHostBaseline } from '@dgx-pixels/host-telemetry';
import { chooseProfile } from './choose-profile.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandResult } from './output/envelope.ts';
import { profileEngine } from './profile-engine.ts';

export interface DoctorOptions {
  readonly only?: 'host' | 'engine';
  readonly profile?: string;
  readonly url?: string;
  readonly record?: boolean;
}

interface Examined {
  readonly payload: HostBaselinePayload | EngineCheckPayload;
  readonly lines: readonly string[];
  readonly sound: boolean;
  /** Folder of the record, null if none was asked for. */
  readonly folder: string | null;
}

/** Looks at the host and at the engine. With `record`, what was measured becomes evidence. */
export async function doctor(context: CommandContext, options: DoctorOptions): Promise<CommandResult> {
  const profile = await chooseProfile(options.profile);
  const parts: Examined[] = [];
  if (options.only !== 'engine') parts.push(await examineHost(context, profile, options.record === true));
  if (options.only !== 'host') parts.push(await examineEngine(context, profile, options));
  const folders = parts.flatMap(({ folder }) => (folder === null ? [] : [`record in ${folder}`]));
  return {
    exitCode: parts.every(({ sound }) => sound) ? exitCodes.done : exitCodes.answerIsNo,
    data: { profile, parts: parts.map(({ payload, folder }) => ({ payload, folder })) },
    text: [`profile ${profile}`, ...parts.flatMap(({ lines }) => lines), ...folders].join('\n'),
  };
}

async function examineHost(context: CommandContext, profile: string, record: boolean): Promise<Examined> {
  const { progress, signal, workspaceRoot } = context;
  const options = { signal, onProgress: ({ message }: { message: string }) => progress.update(message) };
  progress.update('measuring the host');
  if (!record) {
    const payload = await measureHost(options);
    return { payload, lines: hostLines(payload), sound: true, folder: null };
  }
  const written = await writeHostBaseline({ ...options, workspaceRoot, profile });
  const { payload } = written.record;
  return { payload, lines: hostLines(payload), sound: true, folder: relative(workspaceRoot, written.latestDirectory) };
}

function hostLines({ baseline, gemm, gpuName, cudaVersion }: HostBaselinePayload): string[] {
  const { cpu, memory } = baseline;
  const peak = gemm === null ? 'not measured' : `${gemm.gflops.median.toFixed(0)} GFLOPS (${gemm.library}, float32)`;
  return [
    `✔ ok    CPU     ${cpu.model ?? 'unknown'}, ${cpu.threads ?? '?'} threads, ${cpu.architecture ?? 'unknown'}`,
    `✔ ok    memory  ${memory.total_gb ?? '?'} GB, ${memory.available_gb ?? '?'} GB available`,
    `✔ ok    GEMM    ${peak}`,
    gpuName === null
      ? '– none  GPU     no NVIDIA GPU: the embedded engine runs on the CPU'
      : `✔ ok    GPU     ${gpuName}`,
    ...(cudaVersion === null ? [] : [`✔ ok    CUDA    ${cudaVersion}`]),
  ];
}

async function examineEngine(context: CommandContext, profile: string, options: DoctorOptions): Promise<Examined> {
  const { progress, signal, workspaceRoot } = context;
  const { engine, recipe, workflow } = await profileEngine(workspaceRoot, profile, options.url);
  progress.update('asking the engine');
  if (options.record === true) {
    const onProgress = (step: string): void => progress.update(step);
    const written = await writeEngineCheck({ workspaceRoot, profile, engine, recipe, signal, onProgress });
    const folder = relative(workspaceRoot, written.latestDirectory);
    const found = engineFindings(written.record.payload);
    const templates = written.templates.map(templateFinding);
    return {
      payload: found.payload,
      lines: [...found.lines, ...templates.map(({ line }) => line)],
      sound: found.sound && templates.every(({ sound }) => sound),
      folder,
    };
  }
  const handle = await openEngine(engine, { signal });
  try {
    const { payload } = await checkServer(handle, { workflow, recipe, signal });
    return { ...engineFindings(payload), folder: null };
  } finally {
    await handle.close();
  }
}

function engineFindings(payload: EngineCheckPayload): Omit<Examined, 'folder'> {
  const lines = payload.checks.map(
    ({ id, passed, detail }) => `${passed ? '✔ ok   ' : '✖ fail '} ${id}${detail === '' ? '' : `: ${detail}`}`,
  );
  return { payload, lines, sound: payload.checks.every(({ passed }) => passed) };
}

function templateFinding({ payload }: TemplateRunRecord): { readonly line: string; readonly sound: boolean } {
  const { template, checks, images, run } = payload;
  const failed = checks.find(({ passed }) => !passed);
  if (failed !== undefined)
    return { line: `✖ fail  template ${template}: ${failed.id}: ${failed.detail}`, sound: false };
  const ms = Math.round(run?.clientMs ?? 0);
  return { line: `✔ ok    template ${template}: ${images.length} picture(s) in ${ms} ms`, sound: true };
}
