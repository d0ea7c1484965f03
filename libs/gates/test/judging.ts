import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { judgeGate, type Verdict, verdictSchema } from '../src/index.ts';
import { blockingFindings } from '../src/verdict/render-verdict.ts';
import { MeasuredWorkspace, type WorkspaceOptions } from './measured-workspace.ts';

/** The workspace of the running test, removed after it. */
export class Bench {
  private current: MeasuredWorkspace | undefined;
  private sound: MeasuredWorkspace | undefined;

  constructor() {
    afterAll(() => this.sound?.remove());
    afterEach(async () => {
      await this.current?.remove();
      this.current = undefined;
    });
  }

  get workspace(): MeasuredWorkspace {
    if (this.current === undefined) throw new Error('no workspace was made');
    return this.current;
  }

  /** Makes a workspace without evidence. */
  async empty(): Promise<void> {
    await this.current?.remove();
    this.current = await MeasuredWorkspace.create();
  }

  /** Makes a workspace with evidence and judges it. */
  async judgeMeasured(options: WorkspaceOptions = {}, gate = 'm1'): Promise<Verdict> {
    await this.empty();
    if (Object.keys(options).length === 0) await this.copySoundEvidence();
    else await this.workspace.measure(options);
    return this.judge(gate, options.profile);
  }

  /** Evidence that is sound in every way is made once a file: writing it durably takes longer than judging it. */
  private async copySoundEvidence(): Promise<void> {
    this.sound ??= await MeasuredWorkspace.measured();
    const results = 'bench/results';
    await cp(join(this.sound.root, results), join(this.workspace.root, results), { recursive: true });
  }

  async judge(gate = 'm1', profile = 'embedded'): Promise<Verdict> {
    return verdictSchema.parse(await judgeGate({ workspaceRoot: this.workspace.root, gate, profile }));
  }
}

/** Probes that stand in the way, sorted. */
export const blocks = (verdict: Verdict): string[] =>
  [...new Set(blockingFindings(verdict).map(({ probe }) => probe))].sort();

/** Files that the findings in the way name. */
export const namedFiles = (verdict: Verdict): string[] => blockingFindings(verdict).map(({ file }) => file ?? '');
