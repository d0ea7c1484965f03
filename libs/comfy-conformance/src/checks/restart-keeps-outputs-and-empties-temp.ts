import type { ConformanceCheck } from '../check.ts';
import { compare, notAvailable, Unmet } from '../finding.ts';
import { savedPicture, shownPicture } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import type { FileForm } from '../protocol-forms.ts';
import { conformanceFolder } from '../upload.ts';

/** A restart keeps saved pictures and removes temporary ones. */
export const restartKeepsOutputsAndEmptiesTemp: ConformanceCheck = {
  id: 'restart-keeps-outputs-and-empties-temp',
  area: 'restart',
  statement: 'A restart keeps saved pictures and removes temporary ones',
  async run(context) {
    if (context.target.restart === null) return notAvailable('nobody told how to restart this server');
    const shown = await runToSuccess(context, shownPicture());
    const saved = await runToSuccess(context, savedPicture(`${conformanceFolder}/${context.target.runId}-restart`));
    const [temporary, kept] = [picturesOf(shown, 'shown')[0], picturesOf(saved, 'saved')[0]];
    if (temporary === undefined || kept === undefined) throw new Unmet('a file of each kind', { temporary, kept });
    await context.target.restart();
    const status = async (file: FileForm) =>
      (await context.ask(`/view?${new URLSearchParams(file).toString()}`)).status;
    return compare({ temporary: 404, kept: 200 }, { temporary: await status(temporary), kept: await status(kept) });
  },
};
