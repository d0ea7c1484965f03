import { setTimeout as wait } from 'node:timers/promises';
import type { ConformanceContext } from './conformance-context.ts';
import { Unmet } from './finding.ts';
import { readHistory } from './prompt-run.ts';
import type { HistoryEntryForm } from './protocol-forms.ts';

const pauseMs = 100;

/** Asks for a prompt's history until it is there. @throws Unmet when it does not come in time */
export async function pollHistory(context: ConformanceContext, promptId: string): Promise<HistoryEntryForm> {
  const { patienceMs } = context.target;
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pauseMs) {
    const entry = await readHistory(context, promptId);
    if (entry !== null) {
      context.forget(promptId);
      return entry;
    }
    await wait(pauseMs);
  }
  throw new Unmet(`an entry of history within ${patienceMs} ms`, {});
}
