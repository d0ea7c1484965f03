// @ts-check
// Sides that take turns, compared round by round: a phase in which the machine is slow meets every side of a round alike.
import { median } from './speed-record.mjs';

/**
 * Each side goes first in turn, so that none always follows the same neighbour.
 *
 * @template T
 * @param {readonly T[]} sides @param {number} round
 * @returns {T[]}
 */
export function startedInTurn(sides, round) {
  const first = round % sides.length;
  return [...sides.slice(first), ...sides.slice(0, first)];
}

/**
 * How many times as long the other side took: the median over rounds of the ratio within a round.
 *
 * @param {readonly number[]} otherMs @param {readonly number[]} oursMs samples of the same rounds
 */
export function medianOfRatios(otherMs, oursMs) {
  if (otherMs.length !== oursMs.length) throw new RangeError('every round needs a sample of both sides');
  const ratios = otherMs.map((other, round) => other / (oursMs[round] ?? NaN));
  return { ratio: median(ratios), ratios };
}
