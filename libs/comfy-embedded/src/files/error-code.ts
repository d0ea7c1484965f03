/** Whether an error carries one of the given operating-system codes (`ENOENT`, `EEXIST`, …). */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
