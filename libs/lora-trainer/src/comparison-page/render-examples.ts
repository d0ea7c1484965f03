import type { ComparisonPage } from './comparison-page.ts';
import { type Markup, markup } from './markup.ts';
import { renderPicture, wholeScale } from './render-picture.ts';

/** Longer side of a training picture in screen pixels. */
const exampleSide = 96;

/** A strip of training pictures: the style that the adapter should have. */
export function renderExamples({ examples, run }: ComparisonPage): Markup {
  const strip =
    examples.length === 0
      ? markup`<p>No training pictures were put into this page.</p>`
      : markup`<ul class="examples">${examples.map(
          ({ picture, caption }) =>
            markup`<li><figure>${renderPicture(picture, `training picture: ${caption}`, wholeScale(picture, exampleSide))}<figcaption dir="auto">${caption}</figcaption></figure></li>`,
        )}</ul>`;
  return markup`<section id="examples" aria-labelledby="examples-title">
<h2 id="examples-title">From the training set</h2>
<p>Some pictures of <bdi>${run.dataset.name}</bdi> (<bdi>${run.dataset.licence}</bdi>), the style to be learned.</p>
${strip}
</section>`;
}
