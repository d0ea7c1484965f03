import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { savedPicture } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { conformanceFolder } from '../upload.ts';

/** SaveImage numbers its files below the prefix, in the folder of the prefix. */
export const savedNamesCountUp: ConformanceCheck = {
  id: 'saved-names-count-up',
  area: 'png',
  statement: 'SaveImage numbers its files below the prefix, in the folder of the prefix',
  async run(context) {
    const socket = await context.openSocket();
    const name = `${context.target.runId}-count`;
    const prefix = `${conformanceFolder}/${name}`;
    const first = await runToSuccess(context, savedPicture(prefix), { socket });
    const second = await runToSuccess(context, savedPicture(prefix), { socket });
    const file = (number: number) => [
      { filename: `${name}_0000${number}_.png`, subfolder: conformanceFolder, type: 'output' },
    ];
    return compare([file(1), file(2)], [picturesOf(first, 'saved'), picturesOf(second, 'saved')]);
  },
};
