import { judgeGate, renderVerdict } from '@dgx-pixels/gates';
import type { CommandContext } from './command-context.ts';
import type { CommandResult } from './output/envelope.ts';
import { chooseProfile } from './choose-profile.ts';

/** Judges a gate from what lies in bench/results. Runs, restores and writes nothing. */
export async function gateCheck(
  context: CommandContext,
  gate: 'm0' | 'm1',
  profile: string | undefined,
): Promise<CommandResult> {
  const verdict = await judgeGate({
    workspaceRoot: context.workspaceRoot,
    gate,
    profile: await chooseProfile(profile),
  });
  return { exitCode: verdict.exitCode, data: verdict, text: renderVerdict(verdict) };
}
