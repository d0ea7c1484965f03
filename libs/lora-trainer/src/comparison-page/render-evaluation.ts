import type { ComparisonPage, EvaluationRow, PageInterval } from './comparison-page.ts';
import { drawInterval } from './draw-interval.ts';
import { absent, formatInterval, formatQuantity } from './format-quantity.ts';
import { type Markup, markup } from './markup.ts';

const signs = { closer: '✔', farther: '✖', undecided: '?' } as const;

/** How far the pictures lie from the training set, base model against adapter. */
export function renderEvaluation({ evaluation }: ComparisonPage): Markup {
  const body =
    evaluation.length === 0
      ? markup`<p>No style was measured.</p>`
      : markup`<p>Distance of the pictures from the training set, by measure; lower is closer. The difference is adapter less base over pairs of the same prompt and seed, with its 95 % interval: when all of it lies below 0, the adapter is closer.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Measures of style"><table class="numbers">
<thead><tr><th scope="col">Measure</th><th scope="col">Base, median</th><th scope="col">Adapter, median</th><th scope="col" colspan="2">Difference, mean and interval</th><th scope="col">Adapter is</th></tr></thead>
<tbody>${evaluation.map(renderRow)}</tbody></table></div>`;
  return markup`<section id="evaluation" aria-labelledby="evaluation-title">
<h2 id="evaluation-title">Style against the training set</h2>
${body}
</section>`;
}

function writeDifference(difference: PageInterval): Markup {
  const { mean, range } = formatInterval(difference);
  return markup`<td>${mean} <small>${range}</small></td>`;
}

function renderRow({ measure, base, adapter, difference, verdict }: EvaluationRow): Markup {
  const numbers = difference === null ? markup`<td>${absent}</td>` : writeDifference(difference);
  return markup`<tr><th scope="row"><bdi>${measure}</bdi></th><td>${formatQuantity(base)}</td><td>${formatQuantity(adapter)}</td>${numbers}<td class="drawn">${difference === null ? null : drawInterval(difference)}</td><td class="outcome ${verdict}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</td></tr>
`;
}
