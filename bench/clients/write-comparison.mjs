import { readFile, writeFile } from 'node:fs/promises';

import { renderComparison } from './render-comparison.mjs';

/** Writes the table of bench/record/client-hard-cases.json into docs/guides/comfy-client.md. */
const page = 'docs/guides/comfy-client.md';
const record = JSON.parse(await readFile('bench/record/client-hard-cases.json', 'utf8'));
const table = `<!-- comparison -->\n\n${renderComparison(record)}\n\n<!-- /comparison -->`;
const text = await readFile(page, 'utf8');
await writeFile(
  page,
  text.replace(/<!-- comparison -->.*<!-- \/comparison -->/s, () => table),
);
