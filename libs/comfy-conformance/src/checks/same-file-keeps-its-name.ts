import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { randomPicture } from '../random-picture.ts';
import { uploadFile } from '../upload.ts';

/** The same file under the same name is stored once. */
export const sameFileKeepsItsName: ConformanceCheck = {
  id: 'same-file-keeps-its-name',
  area: 'uploads',
  statement: 'The same file under the same name is stored once',
  async run(context) {
    const name = `${context.target.runId}-same.png`;
    const { bytes } = randomPicture();
    await uploadFile(context, { name, bytes });
    return compare(name, (await uploadFile(context, { name, bytes })).name);
  },
};
