import { randomBytes } from 'node:crypto';
import type { WorkflowFault, WorkflowGraph } from '@dgx-pixels/comfy-client';
import { adaptersOf, availableCheckpoint, type EngineHandle, fillTemplate, loadTemplate } from '@dgx-pixels/comfy-host';
import { type LoadedTemplate, runTemplate, type TemplateRun } from '@dgx-pixels/comfy-host';
import { openChosenEngine } from './choose-engine.ts';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { type WrittenRun, writeRunFolder } from './generate-folder.ts';
import { showRunProgress } from './generate-progress.ts';
import { readAssignments, readRequestedValues, type RequestedValues, uploadPictures } from './generate-values.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import type { CommandResult } from './output/envelope.ts';
import { plainText } from './output/plain-text.ts';
import { runError } from './run-error.ts';

export interface GenerateTemplateOptions {
  readonly template: string;
  /** `name=value` */
  readonly set: readonly string[];
  /** Parameters given through options of their own, by the template's names. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly output: string;
  readonly url?: string | undefined;
}

/** Makes the pictures of a template: finished, checked and written with the record that `replay` reads. */
export async function generateTemplate(
  context: CommandContext,
  options: GenerateTemplateOptions,
): Promise<CommandResult> {
  const { progress, signal, workspaceRoot, workingDirectory } = context;
  const loaded = await loadTemplate(workspaceRoot, options.template);
  const given = { ...freshSeed(loaded), ...options.values, ...readAssignments(options.set) };
  const requested = await readRequestedValues(loaded, given, workingDirectory);
  const folder = await makeOutputFolder(workingDirectory, options.output);
  progress.update('starting the engine');
  const adapters = [...adaptersOf([loaded]), ...requested.adapters];
  const engine = await openChosenEngine(options.url, { signal, adapters });
  try {
    const run = await runRequested(context, engine, loaded, requested);
    const written = await writeRunFolder(context, folder, loaded, run, engine);
    return describe(engine, run, written);
  } finally {
    await engine.close();
  }
}

/**
 * Runs a template with the values asked for.
 *
 * @param part - which part of all work it is, for the progress
 * @throws CliError CLI_WORKFLOW_REFUSED when the server lacks something; the error of a run that brought no pictures
 */
export async function runRequested(
  context: CommandContext,
  engine: EngineHandle,
  loaded: LoadedTemplate,
  requested: RequestedValues,
  part: readonly [number, number] = [0, 1],
): Promise<TemplateRun> {
  const { signal, progress } = context;
  const named = await uploadPictures(context, engine, requested);
  const values = { ...availableCheckpoint(loaded, engine.checkpoints), ...named };
  const { graph } = fillTemplate(loaded, values);
  const onEvent = showRunProgress(progress, graph, `${loaded.name}: `, part);
  const run = await runTemplate(engine, loaded, { values, signal, onEvent });
  if (run.faults.length > 0) throw refused(run.faults, run.request.graph);
  if (run.job !== null && run.job.status !== 'succeeded') throw runError(run.job);
  if (run.pictures !== null) return run;
  const fault = run.checks.find(({ passed }) => !passed);
  throw new CliError('CLI_RUN_FAILED', `the run brought no usable pictures: ${fault?.detail ?? 'none came'}`);
}

/** A server's reasons not to run a workflow, as one error. */
export function refused(faults: readonly WorkflowFault[], graph: WorkflowGraph): CliError {
  const lines = faults.map(({ nodeId, classType, input, message }) => {
    const value = graph[nodeId ?? '']?.inputs[input ?? ''];
    const given = typeof value === 'string' || typeof value === 'number' ? `, not ${JSON.stringify(value)}` : '';
    return `node ${nodeId ?? '–'} ${classType ?? ''}: ${message}${given}`;
  });
  return new CliError('CLI_WORKFLOW_REFUSED', lines.join('; '), {
    hint: 'install what the message names on the server, or give another value with --set',
    details: { faults },
  });
}

function freshSeed({ template }: LoadedTemplate): Record<string, bigint> {
  return template.parameters.get('seed')?.type === 'seed' ? { seed: randomBytes(8).readBigUInt64BE() >> 11n } : {};
}

function describe(engine: EngineHandle, run: TemplateRun, { record, folder, files }: WrittenRun): CommandResult {
  const { payload } = record;
  const seconds = ((payload.run?.clientMs ?? 0) / 1000).toFixed(1);
  const failed = payload.checks.filter(({ passed }) => !passed);
  const seed = payload.parameters['seed'];
  const facts = [`${payload.images.length} picture(s) in ${seconds} s`, `${engine.kind} engine`];
  if (seed !== undefined) facts.push(`seed ${seed}`);
  return {
    exitCode: exitCodes.done,
    data: {
      engine: engine.kind,
      engineVersion: engine.version,
      template: payload.template,
      parameters: payload.parameters,
      folder,
      files,
      record: record.id,
      checks: payload.checks,
      clientMs: payload.run?.clientMs ?? null,
    },
    text: plainText(`${files.join('\n')}\n${facts.join(', ')}`),
    warnings: failed.map(({ id, detail }) => `${id}: ${detail}`),
    next: [`npx dgx-pixels generate replay ${folder}/record.json`],
  };
}
