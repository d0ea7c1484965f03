// @ts-check
// One ingest in a process of its own, as `dataset ingest` does it; see prepare.mjs.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ingestSources } from '@dgx-pixels/dataset-tools';

const [source = '', out = ''] = process.argv.slice(2);
const started = performance.now();
const report = await ingestSources({ into: out, sources: [{ kind: 'folder', path: source }] });
const seconds = (performance.now() - started) / 1000;
if (report.faults.length > 0) throw new Error(JSON.stringify(report.faults.slice(0, 3)));
/** @type {{images: {id: string}[]}} */
const { images } = JSON.parse(readFileSync(`${out}/dataset.json`, 'utf8'));
const digest = createHash('sha256')
  .update(
    images
      .map(({ id }) => id)
      .sort()
      .join(''),
  )
  .digest('hex');
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
console.log(JSON.stringify({ seconds, images: report.images, digest, cpuSeconds, peakRssBytes: maxRSS * 1024 }));
