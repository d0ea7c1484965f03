import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { coloursOf, randomPicture } from '../random-picture.ts';
import { readPng } from '../read-png.ts';
import { fileOfUpload, uploadFile } from '../upload.ts';

/** /view with channel=rgb is the picture without alpha. */
export const channelRgbDropsAlpha: ConformanceCheck = {
  id: 'channel-rgb-drops-alpha',
  area: 'view',
  statement: '/view with channel=rgb is the picture without alpha',
  async run(context) {
    const { rgba, bytes } = randomPicture();
    const { name } = await uploadFile(context, { name: `${context.target.runId}-rgb.png`, bytes });
    const { channels, pixels } = readPng((await context.view(fileOfUpload(name), { channel: 'rgb' })).bytes);
    return compare({ channels: 3, pixels: coloursOf(rgba) }, { channels, pixels: pixels.toString('hex') });
  },
};
