import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { PixelModelError } from './errors.ts';

const maxJsonBytes = 4 * 1024 * 1024;

/**
 * Reads a JSON file of the model and checks its form.
 *
 * @throws PixelModelError PIXEL_MODEL_FILE_MISSING when it cannot be read, PIXEL_MODEL_FILE_INVALID with every fault
 * when it is above 4 MiB, no JSON, or of another form.
 */
export function readModelJson<T>(path: string, schema: z.ZodType<T>): T {
  const name = basename(path);
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > maxJsonBytes) {
      throw new PixelModelError(
        'PIXEL_MODEL_FILE_INVALID',
        `${name} has ${size} bytes, at most ${maxJsonBytes} are read`,
      );
    }
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof PixelModelError) throw cause;
    throw new PixelModelError('PIXEL_MODEL_FILE_MISSING', `${name} cannot be read`, { details: { path }, cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PixelModelError('PIXEL_MODEL_FILE_INVALID', `${name} is not JSON`, { details: { path }, cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new PixelModelError('PIXEL_MODEL_FILE_INVALID', `${name}: ${faults.join('; ')}`, { details: { path, faults } });
}
