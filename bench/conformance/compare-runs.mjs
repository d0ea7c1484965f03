// @ts-check

/**
 * @typedef {import('./run-graph.mjs').GraphRun} GraphRun
 * @typedef {(bytes: Uint8Array) => Promise<{ width: number, height: number, rgba: Uint8Array }>} Decode
 */

/** What of an event two servers can share. @param {string} type @param {any} data */
function shared(type, data) {
  switch (type) {
    case 'status':
      return { remaining: data.status.exec_info.queue_remaining };
    case 'progress':
      return { node: data.node, value: data.value, max: data.max };
    case 'progress_state':
      return Object.fromEntries(
        Object.entries(data.nodes).map(([id, { state, value, max }]) => [id, [state, value, max]]),
      );
    case 'executed':
      return { node: data.node, display: data.display_node, output: withoutCounter(data.output) };
    case 'executing':
      return { node: data.node, display: data.display_node };
    case 'execution_cached':
      return { nodes: data.nodes.toSorted() };
    case 'execution_error':
      return { node: data.node_id, type: data.node_type, executed: data.executed.toSorted() };
    default:
      return {};
  }
}

/** Counters and random prefixes differ between two servers that wrote other files before. @param {unknown} value */
function withoutCounter(value) {
  return JSON.parse(
    JSON.stringify(value ?? null)
      .replaceAll(/_\d{5}_/g, '_N_')
      .replaceAll(/ComfyUI_temp_[a-z]{5}/g, 'ComfyUI_temp'),
  );
}

/** Events of the embedded server that the real one does not have. */
const additional = new Set(['unknown_words', 'unmatched_adapter']);

/** @param {GraphRun} run @param {boolean} anyOrder */
function eventRow(run, anyOrder) {
  const row = run.events
    // A `progress_state` tells of all nodes before it, so it depends on their order.
    .filter(([type]) => !additional.has(type) && !(anyOrder && type === 'progress_state'))
    .map(([type, data]) => JSON.stringify([type, shared(type, data)]));
  return anyOrder ? row.toSorted() : row;
}

/** @param {GraphRun} run */
function historyOf({ entry }) {
  if (entry === null) return null;
  const { outputs, status, meta, prompt } = entry;
  return {
    outputs: withoutCounter(outputs),
    status: {
      ...status,
      messages: status.messages
        .map((/** @type {[string, unknown]} */ [type]) => type)
        .filter((/** @type {string} */ type) => !additional.has(type)),
    },
    meta,
    prompt: prompt[2],
    targets: prompt[4].toSorted(),
  };
}

/** @param {any} answer */
function answerOf(answer) {
  const errors = Object.entries(answer.node_errors ?? {}).map(
    ([id, { errors: list, dependent_outputs, class_type }]) => [
      id,
      class_type,
      dependent_outputs.toSorted(),
      list.map((/** @type {any} */ { type, extra_info }) => [type, extra_info.input_name]),
    ],
  );
  return { errorType: answer.error?.type ?? null, errors };
}

/** @param {Buffer} frame The PNG inside a preview frame. */
function pictureOf(frame) {
  return frame.subarray(frame.readUInt32BE(0) === 4 ? 8 + frame.readUInt32BE(4) : 8);
}

/** @typedef {{ size: readonly number[], pixels: Uint8Array | null }} Picture */

/** @param {GraphRun} run @param {Decode} decode @param {number | null} tolerance @returns {Promise<readonly Picture[]>} */
async function picturesOf(run, decode, tolerance) {
  const files = [...run.files.map(({ bytes }) => bytes), ...run.frames.map(pictureOf)];
  return Promise.all(
    files.map(async (bytes) => {
      const { width, height, rgba } = await decode(bytes);
      return { size: [width, height], pixels: tolerance === null ? null : rgba };
    }),
  );
}

/**
 * The largest difference of a channel over all pictures, in 1/255; null if number or size of the pictures differ.
 *
 * @param {readonly Picture[]} left @param {readonly Picture[]} right
 */
function largestDifference(left, right) {
  if (JSON.stringify(left.map(({ size }) => size)) !== JSON.stringify(right.map(({ size }) => size))) return null;
  let largest = 0;
  for (const [index, { pixels }] of left.entries()) {
    const other = right[index]?.pixels;
    if (pixels === null || !other) continue;
    for (let i = 0; i < pixels.length; i++) largest = Math.max(largest, Math.abs((pixels[i] ?? 0) - (other[i] ?? 0)));
  }
  return largest;
}

/**
 * What two servers did alike with a graph, and where they differ.
 *
 * @param {GraphRun} real @param {GraphRun} embedded @param {Decode} decode
 * @param {{ tolerance: number | null, anyOrder: boolean }} options
 */
export async function compareRuns(real, embedded, decode, { tolerance, anyOrder }) {
  /** @param {unknown} left @param {unknown} right */
  const differs = (left, right) =>
    JSON.stringify(left) === JSON.stringify(right) ? null : { real: left, embedded: right };
  const differences = {
    answer: differs([real.status, answerOf(real.answer)], [embedded.status, answerOf(embedded.answer)]),
    events: differs(eventRow(real, anyOrder), eventRow(embedded, anyOrder)),
    history: differs(historyOf(real), historyOf(embedded)),
  };
  const largest = largestDifference(
    await picturesOf(real, decode, tolerance),
    await picturesOf(embedded, decode, tolerance),
  );
  const pictures = largest === null ? { real: 'other number or size', embedded: '' } : null;
  const pixels = largest !== null && largest > (tolerance ?? 0) ? { largestDifference: largest } : null;
  const found = Object.entries({ ...differences, pictures, pixels }).filter(([, value]) => value !== null);
  return {
    equal: found.length === 0,
    differences: Object.fromEntries(found),
    pictures: real.files.length + real.frames.length,
    largestDifference: tolerance === null ? null : largest,
  };
}
