import { z } from 'zod';

const segment = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Whether a path is relative, uses `/`, stays in its folder and needs no quoting anywhere. */
export function isPlainRelativePath(path: string): boolean {
  return path.length <= 240 && path.split('/').every((part) => segment.test(part) && !part.endsWith('.'));
}

/** Path inside a measurement folder or the workspace: relative, `/` between parts, at most 240 characters. */
export const relativePathSchema = z
  .string()
  .max(240)
  .refine(isPlainRelativePath, 'must be a relative path of letters, digits, dot, dash, underscore and slash');
