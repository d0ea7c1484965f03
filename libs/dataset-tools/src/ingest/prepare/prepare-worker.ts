export { prepareBatch } from './prepare-batch.ts';
