import { join, relative } from 'node:path';
import { readLatest, type Workstream, workstreamSchema } from '@dgx-pixels/evidence';
import { judgeGate, measureCommand } from '@dgx-pixels/gates';
import { chooseProfile } from './choose-profile.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandResult } from './output/envelope.ts';

/** What this checkout holds for one profile: the records of each workstream, and how the gates judge them now. */
export async function status(context: CommandContext, named: string | undefined): Promise<CommandResult> {
  const profile = await chooseProfile(named);
  const workstreams = await Promise.all(
    workstreamSchema.options.map((workstream) => describeWorkstream(context.workspaceRoot, workstream, profile)),
  );
  const gates = await Promise.all(
    (['m0', 'm1', 'm3'] as const).map(async (gate) => {
      const { result } = await judgeGate({ workspaceRoot: context.workspaceRoot, gate, profile });
      return { gate, result };
    }),
  );
  const lines = [
    `profile ${profile}`,
    ...workstreams.map((held) => `${held.workstream.padEnd(11)}${describeHeld(held)}`),
    ...gates.map(({ gate, result }) => `${gate.padEnd(11)}${result}`),
  ];
  const next = gates
    .filter(({ result }) => result !== 'pass')
    .map(({ gate }) => `npx nx run gate-runner:${gate}:${profile}`);
  return { exitCode: exitCodes.done, data: { profile, workstreams, gates }, text: lines.join('\n'), next };
}

type HeldWorkstream = Awaited<ReturnType<typeof describeWorkstream>>;

function describeHeld({ measured, measure, records, faults }: HeldWorkstream): string {
  if (!measured) return `not measured: ${measure}`;
  const held = records.length > 0 ? `${records.length} record(s) of ${newest(records)}` : 'no records';
  return faults.length > 0 ? `${held}, ${faults.length} fault(s)` : held;
}

async function describeWorkstream(workspaceRoot: string, workstream: Workstream, profile: string) {
  const latest = await readLatest(join(workspaceRoot, 'bench/results', workstream, profile, 'latest'));
  const faults = latest.faults.filter(({ code }) => code !== 'folder-missing');
  return {
    workstream,
    measured: faults.length === latest.faults.length,
    /** What to type to measure it, anew or for the first time. */
    measure: measureCommand(workstream, profile),
    records: latest.records.map(({ path, record }) => ({
      id: record.id,
      createdAt: record.createdAt,
      path: relative(workspaceRoot, path),
    })),
    faults: faults.map(({ path, message }) => ({ path: relative(workspaceRoot, path), message })),
  };
}

function newest(records: readonly { readonly createdAt: string }[]): string {
  return (
    records
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .at(-1) ?? ''
  );
}
