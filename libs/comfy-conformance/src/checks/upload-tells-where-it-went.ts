import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { randomPicture } from '../random-picture.ts';
import { conformanceFolder, fileOfUpload, uploadFile } from '../upload.ts';

/** An upload is answered with name, subfolder and type, and /view has its bytes. */
export const uploadTellsWhereItWent: ConformanceCheck = {
  id: 'upload-tells-where-it-went',
  area: 'uploads',
  statement: 'An upload is answered with name, subfolder and type, and /view has its bytes',
  async run(context) {
    const { bytes } = randomPicture();
    const name = `${context.target.runId}-upload.png`;
    const answer = await uploadFile(context, { name, bytes });
    const reply = await context.view(fileOfUpload(name));
    return compare(
      { name, subfolder: conformanceFolder, type: 'temp', same: true },
      { ...answer, same: reply.bytes.equals(bytes) },
    );
  },
};
