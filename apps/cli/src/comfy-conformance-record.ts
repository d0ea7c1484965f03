import { join, relative } from 'node:path';
import { type ConformanceReport, serverCheckPayload } from '@dgx-pixels/comfy-conformance';
import { appendToStore, collectToolInfo, createRecord, writeLatest } from '@dgx-pixels/evidence';
import { readFingerprint } from '@dgx-pixels/host-telemetry';
import type { CheckedServer } from './comfy-conformance-server.ts';
import type { CommandContext } from './command-context.ts';
import { CliError } from './errors.ts';
import { replaceFile } from './replace-file.ts';

/** Where a record went. */
export interface WrittenConformance {
  readonly id: string;
  readonly files: readonly string[];
}

/**
 * Writes what a whole run found: into the store, into a folder of its own, and into `output` if one was named.
 *
 * @throws CliError CLI_OUTPUT_UNWRITABLE; errors of the evidence
 */
export async function writeConformance(
  { workspaceRoot, signal }: CommandContext,
  { kind, modelSha256 }: CheckedServer,
  report: ConformanceReport,
  output: string | undefined,
): Promise<WrittenConformance> {
  const payload = serverCheckPayload(report);
  const profile = kind;
  const record = createRecord({
    kind: 'serverCheck',
    workstream: 'ws-04',
    origin: 'measured',
    profile,
    tool: await collectToolInfo(workspaceRoot),
    host: await readFingerprint({ signal }),
    engine: {
      kind,
      version: payload.system.comfyuiVersion,
      argvSha256: payload.system.argvSha256,
      modelSha256: [...modelSha256],
    },
    inputs: [],
    artifacts: [],
    payload,
  });
  signal.throwIfAborted();
  const directory = join(workspaceRoot, 'bench/results/conformance', profile, 'latest');
  try {
    await appendToStore(join(workspaceRoot, 'bench/results/store'), record);
    await writeLatest({ directory, records: [{ name: 'server-check', record }] });
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new CliError('CLI_OUTPUT_UNWRITABLE', `cannot write into bench/results: ${cause.message}`, { cause });
  }
  if (output !== undefined) await replaceFile(output, `${JSON.stringify(record, null, 2)}\n`);
  const latest = join(relative(workspaceRoot, directory), 'server-check.json');
  return { id: record.id, files: output === undefined ? [latest] : [latest, output] };
}
