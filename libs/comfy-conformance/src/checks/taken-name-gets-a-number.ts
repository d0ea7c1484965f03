import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { randomPicture } from '../random-picture.ts';
import { uploadFile } from '../upload.ts';

/** An upload under a taken name gets a number. */
export const takenNameGetsANumber: ConformanceCheck = {
  id: 'taken-name-gets-a-number',
  area: 'uploads',
  statement: 'An upload under a taken name gets a number',
  async run(context) {
    const name = `${context.target.runId}-twice`;
    await uploadFile(context, { name: `${name}.png`, bytes: randomPicture().bytes });
    const second = await uploadFile(context, { name: `${name}.png`, bytes: randomPicture().bytes });
    return compare(`${name} (1).png`, second.name);
  },
};
