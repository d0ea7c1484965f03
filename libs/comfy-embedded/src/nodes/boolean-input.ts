import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { WidgetInput } from './inputs.ts';

/** What Python's `bool` makes of a value: anything but nothing, zero and the empty is true, also the text "false". */
function truthOf(raw: JsonValue): boolean {
  if (isJsonArray(raw)) return raw.length > 0;
  if (isJsonObject(raw)) return Object.keys(raw).length > 0;
  return Boolean(raw);
}

/** A BOOLEAN; every value has a truth, as ComfyUI reads it. */
export function boolean(options: JsonObject = {}): WidgetInput<boolean> {
  return {
    kind: 'widget',
    type: 'BOOLEAN',
    options,
    read: (raw) => ({ ok: true, value: truthOf(raw), json: truthOf(raw) }),
  };
}
