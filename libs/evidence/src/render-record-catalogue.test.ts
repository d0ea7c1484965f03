import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { evidenceErrorCodes } from './errors.ts';
import { renderRecordCatalogue } from './render-record-catalogue.ts';

describe('renderRecordCatalogue', () => {
  it('is what docs/records.md shows', async () => {
    const page = await readFile(new URL('../../../docs/records.md', import.meta.url), 'utf8');
    expect(page).toBe(renderRecordCatalogue());
  });

  it('names fields at every depth, and every error with a hint', () => {
    const page = renderRecordCatalogue();
    for (const field of [
      'host.hostIdSha256',
      'payload.baseline.cpu.frequency_mhz.max',
      'payload.latencyMs.ci95',
      'images[].pixelsSha256',
    ]) {
      expect(page).toContain(`- \`${field}\` (`);
    }
    expect(Object.values(evidenceErrorCodes).every(({ hint }) => hint.length > 0)).toBe(true);
  });
});
