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

/** One of a list of names, which is fixed or looked up at each use. */
export function choice<const Name extends string>(
  list: readonly Name[] | (() => readonly Name[]),
  options: JsonObject = {},
): WidgetInput<Name> {
  const current = (): readonly Name[] => (typeof list === 'function' ? list() : list);
  return {
    kind: 'widget',
    get type() {
      return current();
    },
    options,
    read(raw) {
      const names = current();
      const value = names.find((name) => name === raw);
      if (value !== undefined) return { ok: true, value, json: value };
      const shown = typeof raw === 'string' ? `'${raw.slice(0, 200)}'` : 'the value';
      const shownNames =
        names.length > 20 ? `(list of length ${names.length})` : `[${names.map((name) => `'${name}'`).join(', ')}]`;
      const details = `: ${shown} not in ${shownNames}`;
      return {
        ok: false,
        fault: { type: 'value_not_in_list', message: 'The value is not one of the choices', details, received: raw },
      };
    },
  };
}
