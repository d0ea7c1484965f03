import { createHash } from 'node:crypto';
import { checkComparisonPage } from './check-comparison-page.ts';
import type { ComparisonPage } from './comparison-page.ts';
import { Markup, markup } from './markup.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { renderComparison } from './render-comparison.ts';
import { renderCurves } from './render-curves.ts';
import { renderEvaluation } from './render-evaluation.ts';
import { renderExamples } from './render-examples.ts';
import { renderGrid } from './render-grid.ts';
import { renderHeader } from './render-header.ts';

/**
 * One HTML file that shows what an adapter does: base model against checkpoint under a slider, every prompt at every
 * checkpoint, the loss, the style measured and some training pictures. It asks for nothing from anywhere: pictures lie within
 * it, and its content security policy allows only its own style and script, by hash (W3C CSP3 §2.3.1). Text of the data is
 * shown as text. Without script all but the slider works.
 *
 * @throws RangeError for more than `comparisonPageLimits` allow, rows of pictures that do not fit prompts and columns, a first
 *   column that is not the base model, steps that do not rise, and pictures that are no PNG of their stated size
 */
export function renderComparisonPage(page: ComparisonPage): string {
  checkComparisonPage(page);
  const policy = `default-src 'none'; img-src data:; style-src '${hashSource(pageStyle)}'; script-src '${hashSource(pageScript)}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#compare">Skip to the comparison</a>
${renderHeader(page)}
<main>
${renderComparison(page)}
${renderGrid(page)}
${renderCurves(page)}
${renderEvaluation(page)}
${renderExamples(page)}
</main>
<script>${new Markup(pageScript)}</script>
</body>
</html>
`.text;
}

function hashSource(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
