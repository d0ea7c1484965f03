// Exports the dataset of the first argument into the second and says after each picture how many are done; the test kills it.
import { exportDataset } from '../src/export/export-dataset.ts';

const [folder = '', out = ''] = process.argv.slice(2);
await exportDataset(
  folder,
  { format: 'kohya', out, width: 1024, height: 1024, factor: null, background: '#ffffff' },
  { onProgress: (done) => process.stdout.write(`${done}\n`) },
);
