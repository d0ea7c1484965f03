import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { WidgetInput } from './inputs.ts';

function readText(raw: JsonValue): string | undefined {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'bigint') return String(raw);
  // Python's str() of True, False and None, which ComfyUI would use.
  if (typeof raw === 'boolean') return raw ? 'True' : 'False';
  return raw === null ? 'None' : undefined;
}

/** A STRING. Numbers, true, false and null become text; lists and objects are refused. */
export function string(options: JsonObject): WidgetInput<string> {
  return {
    kind: 'widget',
    type: 'STRING',
    options,
    read(raw) {
      const value = readText(raw);
      if (value !== undefined) return { ok: true, value, json: value };
      const message = 'The value cannot be read as STRING';
      const details = ', lists and objects are no text';
      return { ok: false, fault: { type: 'invalid_input_type', message, details, received: raw } };
    },
  };
}

/** One of a fixed list of names. */
export function choice(names: readonly string[], options: JsonObject = {}): WidgetInput<string> {
  return {
    kind: 'widget',
    type: names,
    options,
    read(raw) {
      if (typeof raw === 'string' && names.includes(raw)) return { ok: true, value: raw, json: raw };
      const shown = typeof raw === 'string' ? `'${raw.slice(0, 200)}'` : 'the value';
      const list =
        names.length > 20 ? `(list of length ${names.length})` : `[${names.map((name) => `'${name}'`).join(', ')}]`;
      const details = `: ${shown} not in ${list}`;
      return {
        ok: false,
        fault: { type: 'value_not_in_list', message: 'The value is not one of the choices', details, received: raw },
      };
    },
  };
}
