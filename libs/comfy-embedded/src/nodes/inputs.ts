import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { SocketName } from './sockets.ts';

/** Why a widget refuses a value, in ComfyUI's error types. */
export interface WidgetFault {
  readonly type: 'invalid_input_type' | 'value_smaller_than_min' | 'value_bigger_than_max' | 'value_not_in_list';
  readonly message: string;
  /** Follows the input's name in `details`. */
  readonly details: string;
  readonly received: JsonValue;
}

/** What a widget makes of a value: typed for the node, and as the JSON that history and PNG show. */
type WidgetReading<Value> =
  | { readonly ok: true; readonly value: Value; readonly json: JsonValue }
  | { readonly ok: false; readonly fault: WidgetFault };

/** An input that is typed in: number, text or choice. */
export interface WidgetInput<Value> {
  readonly kind: 'widget';
  /** ComfyUI's type name, or the options of a choice. */
  readonly type: string | readonly string[];
  /** Second member of the input's `object_info` entry. */
  readonly options: JsonObject;
  read(raw: JsonValue): WidgetReading<Value>;
}

/** An input that only a link can feed. */
export interface SocketInput<Name extends SocketName> {
  readonly kind: 'socket';
  readonly type: Name;
}

/** Any input of a node. */
export type NodeInput = WidgetInput<unknown> | SocketInput<SocketName>;

/** An input fed by a link of the given type. */
export function socket<Name extends SocketName>(type: Name): SocketInput<Name> {
  return { kind: 'socket', type };
}
