import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { randomPicture } from '../random-picture.ts';
import { fileOfUpload, uploadFile } from '../upload.ts';

/** An upload with overwrite replaces the file. */
export const overwriteReplaces: ConformanceCheck = {
  id: 'overwrite-replaces',
  area: 'uploads',
  statement: 'An upload with overwrite replaces the file',
  async run(context) {
    const name = `${context.target.runId}-over.png`;
    const { bytes } = randomPicture();
    await uploadFile(context, { name, bytes: randomPicture().bytes });
    const answer = await uploadFile(context, { name, bytes }, { overwrite: 'true' });
    const reply = await context.view(fileOfUpload(name));
    return compare({ name, replaced: true }, { name: answer.name, replaced: reply.bytes.equals(bytes) });
  },
};
