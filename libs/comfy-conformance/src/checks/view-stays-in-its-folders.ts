import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /view refuses names and subfolders that lead out, and unknown types. */
export const viewStaysInItsFolders: ConformanceCheck = {
  id: 'view-stays-in-its-folders',
  area: 'view',
  statement: '/view refuses names and subfolders that lead out, and unknown types',
  async run(context) {
    const queries = [
      'filename=..%2Fsecret.png&type=output',
      'filename=%2Fetc%2Fpasswd&type=output',
      'filename=a.png&type=output&subfolder=..%2F..',
      'filename=a.png&type=bogus',
    ];
    const seen = [];
    for (const query of queries) seen.push((await context.ask(`/view?${query}`)).status);
    return compare([400, 400, 403, 400], seen);
  },
};
