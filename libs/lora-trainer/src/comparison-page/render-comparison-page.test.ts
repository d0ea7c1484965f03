import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparisonPage, PagePicture } from './comparison-page.ts';
import { pageScript } from './page-script.ts';
import { renderComparisonPage } from './render-comparison-page.ts';

const folder = join(import.meta.dirname, '../../../../datasets/pixel-icons/images');
const icons: PagePicture[] = readdirSync(folder)
  .filter((name) => name.endsWith('.png'))
  .sort()
  .slice(0, 14)
  .map((name) => ({ png: readFileSync(join(folder, name)), width: 24, height: 24 }));

/** A page whose every text is followed by `tail`. */
function pageOf(tail = ''): ComparisonPage {
  return {
    title: `Icons${tail}`,
    run: {
      name: `run${tail}`,
      baseModel: `base model${tail}`,
      dataset: { name: `set${tail}`, trigger: `trigger${tail}`, licence: `CC0-1.0${tail}` },
      rank: 16,
      alpha: 8,
      steps: 1000,
      seconds: 552,
      verdict: { word: 'converged', sentence: `It fell.${tail}` },
      recommendedStep: 500,
      adapter: { file: `adapter.safetensors${tail}`, sha256: `a3f5${tail}` },
    },
    prompts: ['a globe', 'a bolt', 'a plane'].map((text, seed) => ({ text: text + tail, seed })),
    columns: [
      { label: `base${tail}`, step: null },
      { label: `step 500${tail}`, step: 500 },
      { label: `step 1000${tail}`, step: 1000 },
    ],
    pictures: [icons.slice(0, 3), icons.slice(3, 6), [icons[6]!, icons[7]!, null]],
    evaluation: [
      {
        measure: `palette${tail}`,
        base: 2,
        adapter: 1,
        difference: { mean: -1, low: -1.5, high: -0.5 },
        verdict: 'closer',
      },
      { measure: `edges${tail}`, base: null, adapter: NaN, difference: null, verdict: 'undecided' },
    ],
    curves: {
      heldOut: [0, 500, 1000].map((step) => ({
        step,
        loss: 0.2,
        change: { mean: -step / 1e5, low: -step / 5e4, high: 0 },
      })),
      train: [{ step: 0, loss: null, change: null }],
      training: [0, 10, 20].map((step) => ({ step, loss: step === 10 ? null : 0.2 })),
      smoothing: `mean of 50 steps${tail}`,
    },
    examples: icons.slice(8, 11).map((picture) => ({ picture, caption: `a sword${tail}` })),
  };
}

/** Names of all tags in order with their attributes' names: escaped text cannot change them. */
function skeleton(html: string): string[] {
  const body = html.replace(/(<style>)[^]*?(<\/style>)/, '$1$2').replace(/(<script>)[^]*?(<\/script>)/, '$1$2');
  return [...body.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '='));
}

const hostile = [
  '</script><img src=x onerror=alert(1)>',
  `"'><svg onload=x>`,
  '</style></title><!--',
  '&lt;b&gt;',
  '\u202e\0\ud800',
];

describe('renderComparisonPage', () => {
  const html = renderComparisonPage(pageOf());

  it('holds every picture', () => {
    const { pictures, examples } = pageOf();
    for (const picture of [...pictures.flat(), ...examples.map(({ picture }) => picture)]) {
      if (picture) expect(html).toContain(`src="data:image/png;base64,${Buffer.from(picture.png).toString('base64')}"`);
    }
    // The grid's eight, three examples and the two that are compared.
    expect(html.match(/<img /g)).toHaveLength(13);
    expect(html.match(/not sampled</g)).toHaveLength(1);
  });

  it('enlarges pictures by whole numbers', () => {
    const widths = [...html.matchAll(/<img [^>]* width="(\d+)" height="(\d+)" data-width="24"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toHaveLength(13);
    expect(widths.every((width) => width % 24 === 0 && width >= 24)).toBe(true);
  });

  it('says in its policy which style and script it has, by hash', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const hashOf = (tag: string) => {
      const content = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      'img-src data:',
      `style-src ${hashOf('style')}`,
      `script-src ${hashOf('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect([html.match(/<style/g), html.match(/<script/g)].map((found) => found?.length)).toEqual([1, 1]);
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  it('asks for nothing from elsewhere', () => {
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^(data:|#)/);
    expect(html).not.toMatch(/url\(|@import|https?:/);
  });

  it('has the same tags and attributes whatever its texts say', () => {
    const expected = skeleton(html);
    for (const tail of hostile) expect(skeleton(renderComparisonPage(pageOf(tail)))).toEqual(expected);
    const tail = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', '=', '!--') }),
    );
    fc.assert(
      fc.property(tail, (tail) => skeleton(renderComparisonPage(pageOf(tail))).join() === expected.join()),
      { numRuns: 25 },
    );
  });

  it('shows hostile text as text', () => {
    const page = renderComparisonPage(pageOf('</script><img src=x onerror=alert(1)>'));
    const shown = '&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;';
    for (const text of [
      'Icons',
      'run',
      'trigger',
      'It fell.',
      'a globe',
      'step 500',
      'palette',
      'a sword',
      'a3f5',
      'mean of 50 steps',
    ])
      expect(page).toContain(text + shown);
  });

  it('has a script that cannot end its own tag and parses', () => {
    expect(pageScript).not.toMatch(/<\/script|<!--/i);
    expect(() => new Script(pageScript)).not.toThrow();
  });

  it('marks the recommended checkpoint and compares it first', () => {
    expect(html).toContain(
      '<th scope="col" class="recommended"><bdi class="label">step 500</bdi><small>★ recommended</small></th>',
    );
    expect(html).toContain('<option value="1" selected>step 500 ★</option>');
    expect(html).toContain('<th scope="col"><bdi class="label">step 1000</bdi></th>');
  });

  it('describes every picture by column, prompt and seed', () => {
    expect(html).toContain('alt="step 1000: “a bolt”, seed 1"');
    expect(html).toContain('alt="training picture: a sword"');
    const page = pageOf('🎮'.repeat(200));
    expect(renderComparisonPage(page)).toContain(`“a bolt${'🎮'.repeat(114)}…”, seed 1`);
  });

  it('gives every reference of a part the part itself, once', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = [
      ...[...html.matchAll(/(?:aria-labelledby|for)="([^"]*)"/g)].flatMap(([, names]) => names?.split(' ') ?? []),
      ...[...html.matchAll(/href="#([^"]*)"/g)].map(([, name]) => name),
      ...[...pageScript.matchAll(/byId\('([^']*)'\)/g)].map(([, name]) => name),
    ];
    expect(wanted.filter((name) => !ids.includes(name))).toEqual([]);
  });

  it('can be made of next to nothing', () => {
    const nothing: ComparisonPage = {
      ...pageOf(),
      prompts: [],
      columns: [{ label: 'base', step: null }],
      pictures: [],
      evaluation: [],
      curves: { heldOut: [], train: [], training: [], smoothing: 'none' },
      examples: [],
    };
    const page = renderComparisonPage(nothing);
    for (const text of [
      'No prompt has a picture',
      'Nothing was validated',
      'No training loss',
      'No style was measured',
    ])
      expect(page).toContain(text);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
