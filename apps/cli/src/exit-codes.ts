/** The one table of exit codes (docs/architecture.md §6). */
export const exitCodes = {
  done: 0,
  internalFailure: 1,
  usage: 2,
  answerIsNo: 3,
  preconditionMissing: 4,
  busy: 5,
  integrityFailure: 6,
  partlyDone: 7,
  undecided: 8,
  interrupted: 130,
  terminated: 143,
} as const;
