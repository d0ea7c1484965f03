import type { ComparisonPage, PageInterval, ValidationPoint } from './comparison-page.ts';
import { type ChartPoint, drawLineChart } from './draw-line-chart.ts';
import { absent, formatCount, formatInterval, formatQuantity } from './format-quantity.ts';
import { type Markup, markup } from './markup.ts';

/** Validation loss against step 0 and training loss, as charts and as numbers. */
export function renderCurves({ curves, run }: ComparisonPage): Markup {
  const mark = run.recommendedStep === null ? null : { x: run.recommendedStep, label: '★ recommended' };
  const validation = drawLineChart({
    id: 'validation-chart',
    title: 'Change of the validation loss since step 0',
    description: `${describeChange('Held-out pictures', curves.heldOut)} ${describeChange('Training pictures', curves.train)}`,
    xLabel: 'step',
    yLabel: 'change since step 0',
    series: [
      { label: 'held-out pictures', points: curves.heldOut.map(changeAt) },
      { label: 'training pictures', points: curves.train.map(changeAt) },
    ],
    zeroLine: true,
    markers: curves.heldOut.length <= 64,
    mark,
  });
  const training = drawLineChart({
    id: 'training-chart',
    title: 'Training loss by step',
    description: `${formatCount(curves.training.length)} points, ${curves.smoothing}.`,
    xLabel: 'step',
    yLabel: 'training loss',
    series: [
      { label: 'training loss', points: curves.training.map(({ step, loss }) => ({ x: step, y: loss, band: null })) },
    ],
    zeroLine: false,
    markers: curves.training.length <= 64,
    mark,
  });
  return markup`<section id="loss" aria-labelledby="loss-title">
<h2 id="loss-title">Loss</h2>
<div class="charts">
<figure>${validation ?? markup`<p>Nothing was validated.</p>`}<figcaption><strong>Validation.</strong> Change since step 0 on the same pictures, timesteps and noise each time, with its 95 % interval. Below the line at 0 is better; held-out pictures that rise while training pictures fall are overfit.</figcaption>${renderNumbers(curves.heldOut, curves.train)}</figure>
<figure>${training ?? markup`<p>No training loss was recorded.</p>`}<figcaption><strong>Training.</strong> <span dir="auto">${curves.smoothing}</span>. It shows mostly which timesteps were drawn: the verdict rests on validation.</figcaption></figure>
</div>
</section>`;
}

function changeAt({ step, change }: ValidationPoint): ChartPoint {
  return { x: step, y: change?.mean ?? null, band: change };
}

function describeChange(which: string, points: readonly ValidationPoint[]): string {
  const last = points.at(-1);
  if (last === undefined) return `${which}: not validated.`;
  return `${which}: ${writeInterval(last.change)} at step ${formatCount(last.step)}.`;
}

function writeInterval(interval: PageInterval | null): string {
  if (interval === null) return absent;
  const { mean, range } = formatInterval(interval);
  return `${mean} ${range}`;
}

function renderNumbers(heldOut: readonly ValidationPoint[], train: readonly ValidationPoint[]): Markup | null {
  if (heldOut.length + train.length === 0) return null;
  const rows = [
    ...heldOut.map((point) => numberRow('held-out', point)),
    ...train.map((point) => numberRow('training', point)),
  ];
  return markup`<details><summary>Numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="Validation loss in numbers"><table class="numbers"><thead><tr><th scope="col">Pictures</th><th scope="col">Step</th><th scope="col">Loss</th><th scope="col">Change</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function numberRow(which: string, { step, loss, change }: ValidationPoint): Markup {
  return markup`<tr><th scope="row">${which}</th><td>${formatCount(step)}</td><td>${formatQuantity(loss)}</td><td>${writeInterval(change)}</td></tr>
`;
}
