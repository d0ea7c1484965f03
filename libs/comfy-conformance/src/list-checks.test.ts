import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { listChecks } from './list-checks.ts';

it('is the list in docs/guides/conformance.md', async () => {
  const page = await readFile(new URL('../../../docs/guides/conformance.md', import.meta.url), 'utf8');
  expect(page.slice(page.indexOf('### routes'))).toBe(listChecks());
});
