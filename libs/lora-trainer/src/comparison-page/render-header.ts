import type { ComparedRun, ComparisonPage } from './comparison-page.ts';
import { formatCount, formatDuration, formatQuantity } from './format-quantity.ts';
import { type Markup, markup } from './markup.ts';

const verdictSigns = { converged: '✔', overfit: '▲', diverged: '✖', inconclusive: '?' } as const;

/** Title, verdict and the facts of the run. */
export function renderHeader({ title, run }: ComparisonPage): Markup {
  const { word, sentence } = run.verdict;
  return markup`<header>
<h1 dir="auto">${title}</h1>
<p class="verdict ${word}"><strong><span aria-hidden="true">${verdictSigns[word]}</span> ${word}</strong> <span dir="auto">${sentence}</span></p>
<dl class="facts">${factsOf(run).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<nav aria-label="Parts of this page"><a href="#compare">Comparison</a> <a href="#grid">All pictures</a> <a href="#loss">Loss</a> <a href="#evaluation">Style</a> <a href="#examples">Training pictures</a></nav>
</header>`;
}

function factsOf(run: ComparedRun): [string, Markup][] {
  const { dataset, adapter, recommendedStep } = run;
  return [
    ['Run', isolated(run.name)],
    ['Base model', isolated(run.baseModel)],
    ['Training set', isolated(dataset.name)],
    ['Trigger', dataset.trigger === null ? markup`none` : markup`<code dir="auto">${dataset.trigger}</code>`],
    ['Licence', isolated(dataset.licence)],
    ['Rank, alpha', markup`${formatQuantity(run.rank)}, ${formatQuantity(run.alpha)}`],
    ['Training', markup`${formatCount(run.steps)} steps in ${formatDuration(run.seconds)}`],
    ['Recommended', recommendedStep === null ? markup`no checkpoint` : markup`★ step ${formatCount(recommendedStep)}`],
    [
      'Adapter',
      markup`<code dir="auto">${adapter.file}</code> <small>sha256 <code class="digest">${adapter.sha256}</code></small>`,
    ],
  ];
}

function isolated(text: string): Markup {
  return markup`<bdi>${text}</bdi>`;
}
