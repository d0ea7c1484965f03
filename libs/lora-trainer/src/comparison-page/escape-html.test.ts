import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from './escape-html.ts';

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a browser reads: every `&` begins one of the five entities. */
function readBack(html: string): string {
  return html.replace(/&([^;]*);/g, (_, name: string) => {
    const character = characters[name];
    if (character === undefined) throw new Error(`no entity: ${name}`);
    return character;
  });
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ';', '/', 'lt', 'amp', '#', '`', '=', '\0', '\u202e') }),
);

describe('escapeHtml', () => {
  it('leaves no character that ends a text or a quoted attribute', () => {
    expect(escapeHtml(`</script><img src="x" onerror='y'> & &lt;`)).toBe(
      '&lt;/script&gt;&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt; &amp; &amp;lt;',
    );
    fc.assert(fc.property(anyText, (text) => !/[<>"']/.test(escapeHtml(text))));
  });

  it('is read back as the same text, but for what HTML cannot hold', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // eslint-disable-next-line no-control-regex
        const holdable = text.replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/gu, '\ufffd');
        expect(readBack(escapeHtml(text))).toBe(holdable);
      }),
      { numRuns: 500 },
    );
  });

  it('replaces half a surrogate pair and keeps a whole one', () => {
    expect(escapeHtml('\ud83d 🎮 \udfae')).toBe('\ufffd 🎮 \ufffd');
  });
});
