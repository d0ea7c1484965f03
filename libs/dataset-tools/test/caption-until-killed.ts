import { captionDataset } from '../src/caption/caption-dataset.ts';
import { createWordCaptioner } from '../src/caption/word-captioner.ts';

/** Captions the dataset of the first argument slowly, saying each picture, until it is killed. */
const words = createWordCaptioner();
await captionDataset(process.argv[2] ?? '', {
  captioner: {
    ...words,
    caption: async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return words.caption(input);
    },
  },
  onProgress: (done) => void process.stdout.write(`${done}\n`),
});
