import type { ComparisonPage } from './comparison-page.ts';
import { type Markup, markup } from './markup.ts';
import { describePicture, renderPicture, wholeScale } from './render-picture.ts';
import { shortenText } from './shorten-text.ts';

/** Longer side of the compared pictures in screen pixels, without script. */
const stageSide = 384;

/**
 * The large comparison of the base model with one checkpoint: side by side as it stands, under a slider and with a choice of
 * prompt and checkpoint once the script has run.
 */
export function renderComparison(page: ComparisonPage): Markup {
  const { prompts, columns, pictures, run } = page;
  const column = startColumn(page);
  const row = pictures.findIndex((pictures) => pictures[0] && pictures[column]);
  const [base, adapter] = [pictures[row]?.[0], pictures[row]?.[column]];
  const [baseColumn, adapterColumn, prompt] = [columns[0], columns[column], prompts[row]];
  if (!base || !adapter || column === 0 || !baseColumn || !adapterColumn || !prompt)
    return markup`<section id="compare" aria-labelledby="compare-title"><h2 id="compare-title">Base against adapter</h2><p>No prompt has a picture of both the base model and a checkpoint.</p></section>`;
  const promptOptions = prompts.map(
    ({ text, seed }, index) =>
      markup`<option value="${index}"${chosen(index === row)}>${index + 1}. ${shortenText(text, 100)} (seed ${seed})</option>`,
  );
  const columnOptions = columns
    .slice(1)
    .map(
      ({ label, step }, index) =>
        markup`<option value="${index + 1}"${chosen(index + 1 === column)}>${label}${step === run.recommendedStep ? ' ★' : ''}</option>`,
    );
  return markup`<section id="compare" aria-labelledby="compare-title">
<h2 id="compare-title">Base against adapter</h2>
<div class="compare" id="compare-view" data-view="pair">
<div class="controls" hidden data-scripted>
<label>Prompt <select id="choose-prompt">${promptOptions}</select></label>
<label>Checkpoint <select id="choose-column">${columnOptions}</select></label>
<fieldset><legend>View</legend><label><input type="radio" name="view" value="slider" checked> slider</label> <label><input type="radio" name="view" value="pair"> side by side</label></fieldset>
<p class="hint">Or choose a picture of the grid below; there the arrow keys go from picture to picture.</p>
</div>
<figure class="stage">
<div class="pair" id="pair">
<div class="side base"><span class="tag">${baseColumn.label}</span>${renderPicture(base, describePicture(baseColumn, prompt), wholeScale(base, stageSide), 'picture-base')}</div>
<div class="side adapter"><span class="tag" id="adapter-tag">${adapterColumn.label}${adapterColumn.step === run.recommendedStep ? ' ★' : ''}</span>${renderPicture(adapter, describePicture(adapterColumn, prompt), wholeScale(adapter, stageSide), 'picture-adapter')}</div>
</div>
<p id="missing" hidden>This picture was not sampled.</p>
<div class="split" hidden data-scripted><label for="split">Divider: <bdi>${baseColumn.label}</bdi> on its left, <bdi id="split-label">${adapterColumn.label}</bdi> on its right</label><input type="range" id="split" min="0" max="100" value="50" step="1"></div>
<figcaption aria-live="polite"><q id="prompt-text" dir="auto">${prompt.text}</q> <span class="seed">seed <span id="prompt-seed">${prompt.seed}</span></span></figcaption>
</figure>
</div>
</section>`;
}

/** The recommended checkpoint, else the last. */
function startColumn({ columns, run }: ComparisonPage): number {
  const recommended = columns.findIndex(({ step }) => step !== null && step === run.recommendedStep);
  return recommended === -1 ? columns.length - 1 : recommended;
}

function chosen(yes: boolean): Markup | null {
  return yes ? markup` selected` : null;
}
