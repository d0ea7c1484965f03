import type { ConformanceCheck } from '../check.ts';
import { compare, Unmet } from '../finding.ts';
import { uploadForm } from '../protocol-forms.ts';
import { randomPicture } from '../random-picture.ts';
import { readPng } from '../read-png.ts';
import { conformanceFolder, fileOfUpload, uploadFile } from '../upload.ts';

/** /upload/mask gives the original the alpha of the mask. */
export const maskBecomesAlpha: ConformanceCheck = {
  id: 'mask-becomes-alpha',
  area: 'uploads',
  statement: '/upload/mask gives the original the alpha of the mask',
  async run(context) {
    const original = randomPicture();
    const mask = randomPicture();
    const { runId } = context.target;
    const { name } = await uploadFile(context, { name: `${runId}-original.png`, bytes: original.bytes });
    const reply = await context.postForm('/upload/mask', {
      image: { name: `${runId}-mask.png`, bytes: mask.bytes },
      type: 'temp',
      subfolder: conformanceFolder,
      original_ref: JSON.stringify(fileOfUpload(name)),
    });
    if (reply.status !== 200) throw new Unmet('200 for a mask', reply.status);
    const { pixels } = readPng((await context.view(fileOfUpload(reply.read(uploadForm).name))).bytes);
    const expected = original.rgba.map((value, index) => (index % 4 === 3 ? (mask.rgba[index] ?? 0) : value));
    return compare(Buffer.from(expected).toString('hex'), pixels.toString('hex'));
  },
};
