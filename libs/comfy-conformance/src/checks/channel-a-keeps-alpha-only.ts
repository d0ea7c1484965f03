import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { alphaOf, randomPicture } from '../random-picture.ts';
import { readPng } from '../read-png.ts';
import { fileOfUpload, uploadFile } from '../upload.ts';

/** /view with channel=a is a picture with the alpha of the file. */
export const channelAKeepsAlphaOnly: ConformanceCheck = {
  id: 'channel-a-keeps-alpha-only',
  area: 'view',
  statement: '/view with channel=a is a picture with the alpha of the file',
  async run(context) {
    const { rgba, bytes } = randomPicture();
    const { name } = await uploadFile(context, { name: `${context.target.runId}-a.png`, bytes });
    const { channels, pixels } = readPng((await context.view(fileOfUpload(name), { channel: 'a' })).bytes);
    return compare({ channels: 4, alpha: alphaOf(rgba) }, { channels, alpha: alphaOf(pixels) });
  },
};
