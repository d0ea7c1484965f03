import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.ts';

/** Outcome of reading a number as Python's `int()` or `float()` would. */
export type NumberReading<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

const integerText = /^[+-]?\d+(?:_\d+)*$/;
const floatText = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?$/;
const longestText = 400;

function describe(value: JsonValue): string {
  if (value === null) return 'null';
  if (isJsonArray(value)) return 'a list';
  if (isJsonObject(value)) return 'an object';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return String(value);
}

/** Reads an integer: numbers lose their fraction, texts must be whole numbers, true and false are 1 and 0. */
export function readInteger(raw: JsonValue): NumberReading<bigint> {
  if (typeof raw === 'bigint') return { ok: true, value: raw };
  if (typeof raw === 'boolean') return { ok: true, value: raw ? 1n : 0n };
  if (typeof raw === 'number') return { ok: true, value: BigInt(Math.trunc(raw)) };
  if (typeof raw === 'string' && raw.length <= longestText) {
    const text = raw.trim();
    if (integerText.test(text)) return { ok: true, value: BigInt(text.replaceAll('_', '').replace(/^\+/, '')) };
  }
  return { ok: false, reason: `${describe(raw)} is not an integer` };
}

/** Reads a finite number. NaN and infinities are refused, which ComfyUI lets pass. */
export function readFloat(raw: JsonValue): NumberReading<number> {
  if (typeof raw === 'number') return { ok: true, value: raw };
  if (typeof raw === 'bigint') return { ok: true, value: Number(raw) };
  if (typeof raw === 'boolean') return { ok: true, value: raw ? 1 : 0 };
  if (typeof raw === 'string' && raw.length <= longestText) {
    const text = raw.trim();
    const value = Number(text.replaceAll('_', ''));
    if (floatText.test(text) && Number.isFinite(value)) return { ok: true, value };
  }
  return { ok: false, reason: `${describe(raw)} is not a finite number` };
}
