import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { node } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { coloursOf, randomPicture } from '../random-picture.ts';
import { readPng } from '../read-png.ts';
import { inputOfUpload, uploadFile } from '../upload.ts';

/** LoadImage reads an uploaded picture to the pixel. */
export const uploadedPictureCanBeLoaded: ConformanceCheck = {
  id: 'uploaded-picture-can-be-loaded',
  area: 'uploads',
  statement: 'LoadImage reads an uploaded picture to the pixel',
  async run(context) {
    const { rgba, bytes, width, height } = randomPicture();
    const { name } = await uploadFile(context, { name: `${context.target.runId}-load.png`, bytes });
    const graph = {
      loaded: node('LoadImage', { image: inputOfUpload(name) }),
      shown: node('PreviewImage', { images: ['loaded', 0] }),
    };
    const ended = await runToSuccess(context, graph);
    const png = readPng((await context.view(picturesOf(ended, 'shown')[0])).bytes);
    const rgb = coloursOf(rgba);
    return compare(
      { width, height, pixels: rgb },
      { width: png.width, height: png.height, pixels: png.pixels.toString('hex') },
    );
  },
};
