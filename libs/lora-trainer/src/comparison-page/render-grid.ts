import type { ComparedColumn, ComparedPrompt, ComparedRun, ComparisonPage, PagePicture } from './comparison-page.ts';
import { type Markup, markup } from './markup.ts';
import { describePicture, renderPicture, wholeScale } from './render-picture.ts';

/** Longer side of a picture of the grid in screen pixels, at first. */
const cellSide = 112;
const largestScale = 8;

/** All pictures: a row for each prompt, a column for the base model and each checkpoint. */
export function renderGrid({ prompts, columns, pictures, run }: ComparisonPage): Markup {
  const scale = startScale(pictures);
  const heads = columns.map(
    (column) =>
      markup`<th scope="col"${marked(column, run)}><bdi class="label">${column.label}</bdi>${isRecommended(column, run) ? markup`<small>★ recommended</small>` : null}</th>`,
  );
  const rows = prompts.map((prompt, row) => {
    const cells = columns.map((column, index) =>
      renderCell(pictures[row]?.[index] ?? null, { prompt, row, column, index, run, scale }),
    );
    return markup`<tr><th scope="row"><span class="prompt" dir="auto">${prompt.text}</span><small>seed <span class="seed-number">${prompt.seed}</span></small></th>${cells}</tr>
`;
  });
  return markup`<section id="grid" aria-labelledby="grid-title">
<h2 id="grid-title">Every prompt at every checkpoint</h2>
<p>Each row has one prompt and one seed: what differs from left to right is the adapter alone.</p>
<div class="size" hidden data-scripted><label for="scale">Size of pictures</label> <input type="range" id="scale" min="1" max="${largestScale}" step="1" value="${scale}"> <output for="scale" id="scale-shown">${scale}×</output></div>
<div class="scroll tall" tabindex="0" role="region" aria-label="Grid of pictures">
<table class="grid" id="pictures"><thead><tr><th scope="col">Prompt</th>${heads}</tr></thead>
<tbody>
${rows}</tbody></table>
</div>
</section>`;
}

interface Cell {
  readonly prompt: ComparedPrompt;
  readonly row: number;
  readonly column: ComparedColumn;
  readonly index: number;
  readonly run: ComparedRun;
  readonly scale: number;
}

function renderCell(picture: PagePicture | null, { prompt, row, column, index, run, scale }: Cell): Markup {
  const shown =
    picture === null
      ? markup`<span class="none">not sampled</span>`
      : renderPicture(picture, describePicture(column, prompt), scale);
  return markup`<td${marked(column, run)} data-row="${row}" data-column="${index}">${shown}</td>`;
}

function isRecommended({ step }: ComparedColumn, run: ComparedRun): boolean {
  return step !== null && step === run.recommendedStep;
}

function marked(column: ComparedColumn, run: ComparedRun): Markup | null {
  return isRecommended(column, run) ? markup` class="recommended"` : null;
}

function startScale(pictures: ComparisonPage['pictures']): number {
  let scale = largestScale;
  for (const picture of pictures.flat()) {
    if (picture !== null) scale = Math.min(scale, wholeScale(picture, cellSide, largestScale));
  }
  return scale;
}
