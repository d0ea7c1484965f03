/** @typedef {{ readonly files?: readonly string[], readonly error?: string }} Outcome What a client told its user of one prompt. */

/**
 * What a client told its user, against what it owes: `right`, or the first thing that is wrong, in words.
 *
 * @param {readonly (readonly string[] | 'error')[]} ends
 * @param {readonly Outcome[]} outcomes
 * @param {number} submissions
 */
export function verdictOf(ends, outcomes, submissions) {
  for (const [turn, owed] of ends.entries()) {
    const told = outcomes[turn];
    if (told === undefined) return 'never ended';
    if (owed === 'error') {
      if (told.files !== undefined) return 'called a failure a success';
      continue;
    }
    if (told.files === undefined) return 'called a success a failure';
    if (!isSame(owed, told.files)) return 'lost files';
  }
  return submissions > ends.length ? 'sent a prompt twice' : 'right';
}

/** @param {readonly string[]} owed @param {readonly string[]} files */
function isSame(owed, files) {
  return owed.length === files.length && owed.every((file) => files.includes(file));
}
