import { z } from 'zod';

/** Why a value is null: path of the field inside the payload (dots between names) → reason. */
export const missingSchema = z
  .record(z.string().min(1).max(200), z.string().min(1).max(500))
  .describe('path of a field that is null, or of a group of fields, and the reason');

/**
 * Paths of all nulls in a payload that no entry of `missing` explains. An entry explains its own path and everything below it.
 *
 * @param payload - JSON value; its own `missing` property is not searched
 */
export function findUnexplainedNulls(payload: unknown, missing: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (path !== '' && path in missing) return;
    if (value === null) found.push(path);
    else if (typeof value === 'object') {
      for (const [key, child] of Object.entries(value)) {
        if (path === '' && key === 'missing') continue;
        visit(child, path === '' ? key : `${path}.${key}`);
      }
    }
  };
  visit(payload, '');
  return found;
}

/** Refinement for payloads with a `missing` map: a null without a reason is refused. */
export function refuseUnexplainedNulls(
  payload: { missing: Record<string, string> },
  context: z.core.$RefinementCtx,
): void {
  for (const path of findUnexplainedNulls(payload, payload.missing)) {
    context.addIssue({
      code: 'custom',
      path: path.split('.'),
      message: `is null, and missing["${path}"] gives no reason`,
    });
  }
}
