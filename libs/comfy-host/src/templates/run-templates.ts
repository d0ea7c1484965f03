import { createRecord, describeArtifact } from '@dgx-pixels/evidence';
import type { EngineInfo, Fingerprint, TemplateRunRecord, ToolInfo } from '@dgx-pixels/evidence';
import type { EngineHandle } from '../engine-handle.ts';
import { type DescribedTemplateRun, describeTemplateRun } from './describe-template-run.ts';
import type { LoadedTemplate } from './load-template.ts';
import { runTemplate, type RunTemplateOptions } from './run-template.ts';

/** Options of {@link runTemplates}. */
export interface RunTemplatesOptions extends Pick<RunTemplateOptions, 'checkLooks' | 'signal' | 'timeoutMs'> {
  /** The checkpoint to use. @default each template's own */
  readonly checkpoint?: string | undefined;
  /** Parameters to set where a template has them, such as a smaller size. */
  readonly values?: RunTemplateOptions['values'];
  /** Told before each template. */
  readonly onProgress?: ((step: string) => void) | undefined;
}

/** A template's run in the form of a record. */
export interface RecordedTemplate extends DescribedTemplateRun {
  readonly loaded: LoadedTemplate;
}

/**
 * Runs every template once, one after the other, and describes each run. One that cannot be run is described too.
 *
 * @throws ComfyClientError when the server cannot be reached; the signal's reason
 */
export async function runTemplates(
  engine: EngineHandle,
  templates: readonly LoadedTemplate[],
  options: RunTemplatesOptions = {},
): Promise<readonly RecordedTemplate[]> {
  const { signal, timeoutMs, checkLooks, onProgress } = options;
  const recorded: RecordedTemplate[] = [];
  const wanted = {
    ...options.values,
    ...(options.checkpoint !== undefined && { checkpoint: options.checkpoint }),
  };
  for (const [index, loaded] of templates.entries()) {
    onProgress?.(`template ${loaded.name} (${index + 1} of ${templates.length})`);
    const { parameters } = loaded.template;
    const values = Object.fromEntries(Object.entries(wanted).filter(([name]) => parameters.has(name)));
    const run = await runTemplate(engine, loaded, { values, checkLooks, fresh: true, signal, timeoutMs });
    recorded.push({ loaded, ...(await describeTemplateRun(run, `templates/${loaded.name}/`)) });
  }
  return recorded;
}

/** The record of one template's run. @throws EvidenceError EVIDENCE_RECORD_INVALID */
export function recordTemplateRun(
  { loaded, payload, artifacts }: RecordedTemplate,
  context: {
    readonly profile: string;
    readonly tool: ToolInfo;
    readonly host: Fingerprint;
    readonly engine: EngineInfo;
  },
): TemplateRunRecord {
  return createRecord({
    kind: 'templateRun',
    workstream: 'ws-04',
    origin: 'measured',
    ...context,
    inputs: loaded.inputs,
    artifacts: artifacts.map(({ path, data }) => describeArtifact(path, data)),
    payload,
  });
}
