import { join } from 'node:path';

/** Where the bench writes. */
export interface ResultsLayout {
  /** Records of the last measurement that succeeded. */
  readonly latest: string;
  /** Rows of a measurement that failed, for the reader of its error; judged by nothing. */
  readonly failed: string;
  /** Append-only history of all records. */
  readonly store: string;
}

/** Folders of the `ws-05` workstream for a profile. */
export function resultsLayout(workspaceRoot: string, profile: string): ResultsLayout {
  const results = join(workspaceRoot, 'bench/results');
  const own = join(results, 'ws-05', profile);
  return { latest: join(own, 'latest'), failed: join(own, 'failed'), store: join(results, 'store') };
}
