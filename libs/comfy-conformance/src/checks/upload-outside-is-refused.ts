import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { randomPicture } from '../random-picture.ts';

/** An upload into a folder outside is 400. */
export const uploadOutsideIsRefused: ConformanceCheck = {
  id: 'upload-outside-is-refused',
  area: 'uploads',
  statement: 'An upload into a folder outside is 400',
  async run(context) {
    const image = { name: `${context.target.runId}-out.png`, bytes: randomPicture().bytes };
    const reply = await context.postForm('/upload/image', { image, type: 'temp', subfolder: '../..' });
    return compare(400, reply.status);
  },
};
