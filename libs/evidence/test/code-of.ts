import { EvidenceError } from '../src/index.ts';

/** Code of the EvidenceError that an action ends with; anything else fails the test. */
export async function codeOf(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof EvidenceError) return error.code;
    throw error;
  }
  return 'no error';
}
