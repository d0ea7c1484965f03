import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '@dgx-pixels/evidence';
import {
  GateError,
  judgeGate,
  parseGateName,
  parseProfileName,
  renderVerdictMarkdown,
  type Verdict,
} from '@dgx-pixels/gates';
import { drawContactSheet } from './draw-contact-sheet.ts';
import { type Picture, pickPictures } from './pick-pictures.ts';

/** A judged gate and what was written of it, paths relative to the workspace. */
export interface GateRun {
  readonly verdict: Verdict;
  readonly verdictPath: string;
  readonly pagePath: string;
  /** Null if there are no images that verify. */
  readonly contactSheetPath: string | null;
}

const cell = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/[\\`*_[\]<>|&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function pictureSection(pictures: readonly Picture[]): string {
  return [
    '## Pictures',
    '',
    '![Images of the measured runs](contact-sheet.png)',
    '',
    '| Tile | Scenario | Prompt | File |',
    '| --- | --- | --- | --- |',
    ...pictures.map(
      ({ scenario, prompt, path }, index) => `| ${index + 1} | ${cell(scenario)} | ${cell(prompt)} | ${cell(path)} |`,
    ),
    '',
  ].join('\n');
}

/**
 * Judges a gate and writes `bench/results/<gate>/<profile>/`: contact sheet and page first, verdict.json last. The old
 * verdict is removed before judging starts, so that none is left if it fails.
 *
 * @throws GateError as `judgeGate`, and GATE_VERDICT_UNWRITABLE
 */
export async function runGate(options: {
  workspaceRoot: string;
  gate: string;
  profile: string;
  now?: Date;
}): Promise<GateRun> {
  const [gate, profile] = [parseGateName(options.gate), parseProfileName(options.profile)];
  const folder = `bench/results/${gate}/${profile}`;
  await writing(folder, () => rm(join(options.workspaceRoot, folder), { recursive: true, force: true }));
  const verdict = await judgeGate(options);

  const pictures =
    gate === 'm1' ? await pickPictures(join(options.workspaceRoot, `bench/results/ws-05/${profile}/latest`)) : [];
  const sheet =
    pictures.length === 0 ? null : await drawContactSheet(pictures.map(({ bytes }) => bytes)).catch(() => null);
  const write = async (name: string, data: string | Uint8Array): Promise<string> => {
    const path = `${folder}/${name}`;
    await writing(path, () => writeFileAtomically(join(options.workspaceRoot, path), data));
    return path;
  };
  const contactSheetPath = sheet === null ? null : await write('contact-sheet.png', sheet);
  const page = renderVerdictMarkdown(verdict);
  const pagePath = await write('verdict.md', sheet === null ? page : `${page}\n${pictureSection(pictures)}`);
  const verdictPath = await write('verdict.json', `${JSON.stringify(verdict, null, 2)}\n`);
  return { verdict, verdictPath, pagePath, contactSheetPath };
}

/** Errors of the file system gain a code. */
async function writing(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GateError('GATE_VERDICT_UNWRITABLE', `${path} was not written: ${reason}`, { details: { path }, cause });
  }
}
