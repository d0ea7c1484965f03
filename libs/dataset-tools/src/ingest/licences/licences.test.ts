import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { globMatcher } from './glob-matcher.ts';
import { readLicenceRules } from './licence-rules.ts';
import { parseCsv } from './parse-csv.ts';

describe('parseCsv', () => {
  it('reads back what was written with quotes', () => {
    const cell = fc.string({ maxLength: 12, unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'é') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const text = rows
          .map((row) => `${row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`)
          .join('');
        expect(parseCsv(text)).toEqual(rows);
      }),
    );
  });

  it('takes plain fields, empty ones, a byte order mark and any line break', () => {
    expect(parseCsv('\ufeffa,b\n1,\r\n\n,2\rx,"y"')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['', '2'],
      ['x', 'y'],
    ]);
  });

  it('comes to an end for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n') }), (text) => parseCsv(text).length >= 0),
    );
  });
});

describe('globMatcher', () => {
  it.each([
    ['*.png', 'deep/down/a.png', true],
    ['a/*.png', 'a/b.png', true],
    ['a/*.png', 'a/b/c.png', false],
    ['a/**', 'a/b/c.png', true],
    ['**/c.png', 'c.png', true],
    ['**/c.png', 'a/b/c.png', true],
    ['**/**/**/**/c.png', 'a/b/c.png', true],
    ['a/?.png', 'a/b.png', true],
    ['a/?.png', 'a/bb.png', false],
    ['a(1)/b.[x].png', 'a(1)/b.[x].png', true],
    ['a.png', 'axpng', false],
  ])('%s on %s is %s', (pattern, path, matches) => {
    expect(globMatcher(pattern)(path)).toBe(matches);
  });
});

describe('readLicenceRules', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'licences-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string | Buffer): string {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  }

  it('lets the last rule that matches decide', async () => {
    const rules = [
      { path: '**', spdx: 'CC0-1.0' },
      { path: 'b/*', spdx: 'CC-BY-4.0', author: 'Ann', url: 'https://example.org/' },
    ];
    const licenceOf = await readLicenceRules(write('rules.json', JSON.stringify(rules)));
    expect(licenceOf('a.png')?.spdx).toBe('CC0-1.0');
    expect(licenceOf('b/a.png')).toEqual({
      spdx: 'CC-BY-4.0',
      author: 'Ann',
      url: 'https://example.org/',
      notice: null,
    });
  });

  it('says nothing where no rule matches', async () => {
    const licenceOf = await readLicenceRules(write('rules.csv', 'spdx,path\nCC0-1.0,a/*\n'));
    expect([licenceOf('a/b.png')?.spdx, licenceOf('b.png')]).toEqual(['CC0-1.0', null]);
  });

  it('names every faulty entry', async () => {
    const file = write('rules.csv', 'path,spdx,url\n,CC0-1.0,\na,CC0-1.0,javascript:alert(1)\n');
    await expect(readLicenceRules(file)).rejects.toThrow(/entry 1, path:.*entry 2, url:/);
  });

  it('refuses what is no list, no table or no UTF-8', async () => {
    const faulty = [
      write('a.json', '{}'),
      write('b.json', 'no'),
      write('c.csv', 'name\nx\n'),
      write('d.csv', Buffer.from([0xff, 0xfe])),
    ];
    for (const file of faulty)
      await expect(readLicenceRules(file)).rejects.toMatchObject({ code: 'DATASET_REQUEST_INVALID' });
  });
});
