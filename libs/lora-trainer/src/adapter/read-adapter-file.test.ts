import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import { afterAll, describe, expect, it } from 'vitest';
import { readAdapterFile } from './read-adapter-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-adapter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'adapter.safetensors');

function length(bytes: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(bytes);
  return buffer;
}

describe('readAdapterFile', () => {
  it.each([
    ['nothing', Buffer.alloc(0), /has 0 bytes/],
    ['a few bytes', Buffer.alloc(7), /has 7 bytes/],
    ['a zip archive', Buffer.from('PK\u0003\u0004archive/data.pkl and more'), /zip archive/],
    ['a pickle', Buffer.concat([Buffer.from([0x80, 2]), Buffer.alloc(600, 'c')]), /Python pickle/],
    [
      'a pickle whose start is a fair length',
      Buffer.from('\u0080\u0002'.padEnd(8, '\0').padEnd(700, 'c'), 'latin1'),
      /pickle/,
    ],
    ['a pointer', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:1'), /Git LFS pointer/],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>'), /web page/],
  ])('says that it is %s', async (_name, content, message) => {
    writeFileSync(path, content);
    const { header, findings, sha256 } = await readAdapterFile(path, 1e6);
    expect([header, sha256]).toEqual([null, sha256Hex(content)]);
    expect(findings).toMatchObject([{ kind: 'not-safetensors' }]);
    expect(findings[0]!.message).toMatch(message);
  });

  it.each([
    ['exabytes', 2n ** 62n, 'header-invalid'],
    ['more than 16 MiB', 16n * 1024n ** 2n + 1n, 'header-invalid'],
    ['more than the file', 57n, 'truncated'],
  ])('refuses a header of %s', async (_name, claimed, kind) => {
    writeFileSync(path, Buffer.concat([length(claimed), Buffer.alloc(56, '{')]));
    expect((await readAdapterFile(path, 1e6)).findings).toMatchObject([{ kind }]);
  });

  it('does not take a header of 640 bytes for a pickle, though both begin alike', async () => {
    writeFileSync(path, Buffer.concat([length(0x0280n), Buffer.from('{}'.padEnd(0x0280))]));
    expect(await readAdapterFile(path, 1e6)).toMatchObject({ header: { tensors: [] }, findings: [] });
  });

  it('says that a folder is none', async () => {
    expect((await readAdapterFile(folder, 1e6)).findings).toMatchObject([{ kind: 'not-safetensors' }]);
  });

  it('reads tensors of more than one block', async () => {
    const values = 5 * 1024 * 1024;
    const header = JSON.stringify({ a: { dtype: 'F16', shape: [values], data_offsets: [0, 2 * values] } });
    writeFileSync(path, Buffer.concat([length(BigInt(header.length)), Buffer.from(header), Buffer.from([0, 0x3c])]));
    truncateSync(path, 8 + header.length + 2 * values);
    const { values: found, dataSha256 } = await readAdapterFile(path, 1e9);
    expect(found?.get('a')).toEqual({ isFinite: true, isZero: false, first: 1 });
    const data = Buffer.alloc(2 * values);
    data.writeUInt16LE(0x3c00);
    expect(dataSha256).toBe(sha256Hex(data));
  });
});
