import { ComfyClientError } from './errors.ts';

/** JSON's own parsers give up at some depth; no workflow comes near this one. */
const maxDepth = 64;

/**
 * JSON text of a value whose `bigint`s become integer literals, since seeds reach 2^64 − 1. Unlike JSON.stringify it
 * loses nothing silently: NaN, infinities, functions and cycles are faults.
 *
 * @throws ComfyClientError COMFY_GRAPH_INVALID naming every fault by JSON pointer.
 */
export function serializeJson(value: unknown): string {
  const faults: string[] = [];
  const text = write(value, '', 0, faults);
  if (faults.length === 0) return text;
  throw new ComfyClientError('COMFY_GRAPH_INVALID', `JSON cannot carry ${faults.slice(0, 5).join('; ')}`, {
    details: { faults },
  });
}

function write(value: unknown, pointer: string, depth: number, faults: string[]): string {
  if (depth > maxDepth) return refuse(`more than ${maxDepth} levels (a cycle?)`, pointer, faults);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    return Number.isFinite(value) ? JSON.stringify(value) : refuse(String(value), pointer, faults);
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => write(item, `${pointer}/${index}`, depth + 1, faults));
    return `[${items.join(',')}]`;
  }
  if (typeof value !== 'object') return refuse(typeof value, pointer, faults);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member, `${pointer}/${key}`, depth + 1, faults)}`);
  return `{${members.join(',')}}`;
}

function refuse(what: string, pointer: string, faults: string[]): string {
  // A cycle faults once per path through it; more than a screenful helps nobody.
  if (faults.length < 50) faults.push(`${what} at ${pointer.slice(0, 200) || '/'}`);
  return 'null';
}
