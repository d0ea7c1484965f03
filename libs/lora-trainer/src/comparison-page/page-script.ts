/**
 * What the page does beyond showing: the slider, the choice of prompt and checkpoint, the size of pictures. It reads the page
 * itself, never data of its own, and writes text only as text. Its hash stands in the page's policy.
 */
export const pageScript = `'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  for (const part of document.querySelectorAll('[data-scripted]')) part.hidden = false;
  const table = byId('pictures');
  const cellAt = (row, column) => table.querySelector('td[data-row="' + row + '"][data-column="' + column + '"]');

  const scale = byId('scale');
  scale.addEventListener('input', () => {
    byId('scale-shown').textContent = scale.value + '\\u00d7';
    for (const picture of table.querySelectorAll('img')) resize(picture, Number(scale.value));
  });
  function resize(picture, factor) {
    picture.width = Number(picture.dataset.width) * factor;
    picture.height = Number(picture.dataset.height) * factor;
  }

  const view = byId('compare-view');
  if (!view) return;
  const pair = byId('pair');
  const split = byId('split');
  const promptChoice = byId('choose-prompt');
  const columnChoice = byId('choose-column');
  const base = byId('picture-base');
  const adapter = byId('picture-adapter');

  function showSplit() {
    const position = Number(split.value);
    pair.style.setProperty('--split', position + '%');
    const label = byId('split-label').textContent;
    split.setAttribute('aria-valuetext', position + ' % base, ' + (100 - position) + ' % ' + label);
  }
  split.addEventListener('input', showSplit);
  function splitAt(event) {
    const box = pair.getBoundingClientRect();
    const position = (event.clientX - box.left) / Math.max(1, box.width);
    split.value = String(Math.round(100 * Math.min(1, Math.max(0, position))));
    showSplit();
  }
  pair.addEventListener('pointerdown', (event) => {
    if (view.dataset.view !== 'slider' || event.button !== 0) return;
    event.preventDefault();
    pair.setPointerCapture(event.pointerId);
    splitAt(event);
  });
  pair.addEventListener('pointermove', (event) => {
    if (pair.hasPointerCapture(event.pointerId)) splitAt(event);
  });

  // Whole screen pixels to a picture pixel, as many as there is room for.
  function fit() {
    const sliding = view.dataset.view === 'slider';
    const width = pair.parentElement.clientWidth;
    const room = sliding ? Math.min(560, width) : Math.min(448, width / 2 - 8);
    for (const picture of [base, adapter]) {
      const longest = Math.max(Number(picture.dataset.width), Number(picture.dataset.height));
      resize(picture, Math.max(1, Math.floor(room / longest)));
    }
    split.style.width = base.width + 'px';
  }
  function setView(name) {
    view.dataset.view = name;
    fit();
  }
  for (const choice of document.querySelectorAll('input[name=view]')) {
    choice.addEventListener('change', () => setView(choice.value));
  }
  addEventListener('resize', fit);

  function copyPicture(from, to) {
    to.hidden = !from;
    if (!from) return;
    to.src = from.src;
    to.alt = from.alt;
    to.dataset.width = from.dataset.width;
    to.dataset.height = from.dataset.height;
  }
  function show() {
    const row = promptChoice.value;
    const column = columnChoice.value;
    const from = [cellAt(row, 0).querySelector('img'), cellAt(row, column).querySelector('img')];
    copyPicture(from[0], base);
    copyPicture(from[1], adapter);
    byId('missing').hidden = Boolean(from[0] && from[1]);
    const label = columnChoice.selectedOptions[0].textContent;
    byId('adapter-tag').textContent = label;
    byId('split-label').textContent = label;
    const head = cellAt(row, 0).parentElement;
    byId('prompt-text').textContent = head.querySelector('.prompt').textContent;
    byId('prompt-seed').textContent = head.querySelector('.seed-number').textContent;
    for (const picture of table.querySelectorAll('img[aria-pressed=true]')) picture.setAttribute('aria-pressed', 'false');
    if (from[1]) from[1].setAttribute('aria-pressed', 'true');
    fit();
    showSplit();
  }
  promptChoice.addEventListener('change', show);
  columnChoice.addEventListener('change', show);

  // The grid is one stop of the tab key; arrow keys go on from there.
  let reached = null;
  function reach(picture) {
    if (reached) reached.tabIndex = -1;
    reached = picture;
    picture.tabIndex = 0;
  }
  function choose(picture) {
    const cell = picture.parentElement;
    promptChoice.value = cell.dataset.row;
    if (cell.dataset.column !== '0') columnChoice.value = cell.dataset.column;
    reach(picture);
    show();
  }
  for (const picture of table.querySelectorAll('img')) {
    picture.setAttribute('role', 'button');
    picture.setAttribute('aria-pressed', 'false');
    picture.tabIndex = -1;
  }
  table.addEventListener('click', (event) => {
    if (event.target.matches('td img')) choose(event.target);
  });
  const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener('keydown', (event) => {
    if (!event.target.matches('td img') || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(event.target);
      return;
    }
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    let cell = event.target.parentElement;
    do cell = cellAt(Number(cell.dataset.row) + way[0], Number(cell.dataset.column) + way[1]);
    while (cell && !cell.querySelector('img'));
    if (!cell) return;
    const picture = cell.querySelector('img');
    reach(picture);
    picture.focus();
    picture.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const started = cellAt(promptChoice.value, columnChoice.value).querySelector('img');
  if (started) reach(started);
  setView('slider');
  show();
})();
`;
