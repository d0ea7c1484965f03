import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldText, multipartBoundary, parseMultipart } from './parse-multipart.ts';

async function encode(form: FormData): Promise<{ body: Buffer; boundary: string }> {
  const response = new Response(form);
  const boundary = multipartBoundary(response.headers.get('content-type') ?? undefined);
  if (boundary === undefined) throw new Error('no boundary');
  return { body: Buffer.from(await response.arrayBuffer()), boundary };
}

const head = 'Content-Disposition: form-data; name="image"; filename="a.png"';

function body(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'));
}

describe('parseMultipart', () => {
  it('reads back what fetch sends', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/[\r\n"\\%]/.test(text));
    const file = fc.record({ name, bytes: fc.uint8Array({ maxLength: 300 }) });
    await fc.assert(
      fc.asyncProperty(file, fc.string({ maxLength: 50 }), async ({ name: filename, bytes }, text) => {
        const form = new FormData();
        form.append('image', new Blob([bytes]), filename);
        form.append('type', text);
        const encoded = await encode(form);
        const reading = parseMultipart(encoded.body, encoded.boundary);
        expect(reading.kind).toBe('form');
        if (reading.kind !== 'form') return;
        expect(reading.parts[0]).toMatchObject({ name: 'image', filename });
        expect([...(reading.parts[0]?.bytes ?? [])]).toEqual([...bytes]);
        expect(fieldText(reading.parts, 'type')).toBe(text.replaceAll(/\r\n|\r|\n/g, '\r\n'));
      }),
    );
  });

  it('never throws on damaged bodies', () => {
    const whole = body('--b', head, '', 'content', '--b--', '');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        expect(['form', 'invalid']).toContain(parseMultipart(damaged, 'b').kind);
        expect(parseMultipart(whole.subarray(0, at), 'b').kind).toBe(at < whole.length - 2 ? 'invalid' : 'form');
      }),
    );
  });

  it.each([
    ['filename="a \\"b\\".png"', 'a "b".png'],
    ['filename=plain.png', 'plain.png'],
    ['filename="x"; filename*=UTF-8\'\'%E6%BC%A2%20x.png', '漢 x.png'],
  ])('understands %s', (parameter, filename) => {
    const bytes = body('--b', `Content-Disposition: form-data; name="image"; ${parameter}`, '', '', '--b--');
    expect(parseMultipart(bytes, 'b')).toMatchObject({ parts: [{ filename }] });
  });

  it.each([
    ['a preamble', body('hello', '--b', head, '', '', '--b--')],
    ['bare line feeds', Buffer.from(`--b\n${head}\n\nx\n--b--\n`)],
    ['no closing boundary', body('--b', head, '', 'x')],
    ['a part without name', body('--b', 'Content-Disposition: form-data', '', 'x', '--b--')],
    ['a part without headers', body('--b', '', 'x', '--b--')],
    [
      'a name that is no UTF-8',
      Buffer.from(body('--b', head, '', 'x', '--b--').toString().replace('a.', '\xff.'), 'latin1'),
    ],
    ['too many parts', body(...Array.from({ length: 65 }, () => `--b\r\n${head}\r\n\r\n`), '--b--')],
    ['headers without end', body('--b', `${head}; x="${'y'.repeat(5000)}"`, '', 'x', '--b--')],
  ])('refuses %s', (_what, bytes) => {
    expect(parseMultipart(bytes, 'b').kind).toBe('invalid');
  });
});

describe('multipartBoundary', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; boundary="a b"', 'a b'],
    ['multipart/form-data', undefined],
    ['application/json', undefined],
    [`multipart/form-data; boundary=${'x'.repeat(71)}`, undefined],
  ])('of %s is %s', (contentType, boundary) => {
    expect(multipartBoundary(contentType)).toBe(boundary);
  });
});
