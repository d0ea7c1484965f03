import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { WidgetFault, WidgetInput } from './inputs.ts';
import { type NumberReading, readFloat, readInteger } from './read-number.ts';

/** Range and step of a number, as `object_info` lists them. */
export interface NumberRange<Value extends number | bigint> {
  readonly default?: Value;
  readonly min: Value;
  readonly max: Value;
  readonly step?: number;
  readonly round?: number;
  /** How a front end shows the number. */
  readonly display?: 'color';
  /** A front end changes the value after each run (seeds). */
  readonly control_after_generate?: boolean;
}

interface NumberWidget<Wide extends number | bigint, Value> {
  readonly type: 'INT' | 'FLOAT';
  readonly options: JsonObject;
  readonly min: Wide;
  readonly max: Wide;
  read(raw: JsonValue): NumberReading<Wide>;
  narrow(value: Wide): Value;
  json(value: Wide): JsonValue;
}

function numberWidget<Wide extends number | bigint, Value>(widget: NumberWidget<Wide, Value>): WidgetInput<Value> {
  const { type, options, min, max } = widget;
  const refuse = (fault: WidgetFault): { readonly ok: false; readonly fault: WidgetFault } => ({ ok: false, fault });
  return {
    kind: 'widget',
    type,
    options,
    read(raw) {
      const reading = widget.read(raw);
      if (!reading.ok) {
        const message = `The value cannot be read as ${type}`;
        return refuse({ type: 'invalid_input_type', message, details: `, ${reading.reason}`, received: raw });
      }
      const { value } = reading;
      const received = widget.json(value);
      if (value < min) {
        const message = `Value ${value} is below the minimum ${min}`;
        return refuse({ type: 'value_smaller_than_min', message, details: '', received });
      }
      if (value > max) {
        const message = `Value ${value} is above the maximum ${max}`;
        return refuse({ type: 'value_bigger_than_max', message, details: '', received });
      }
      return { ok: true, value: widget.narrow(value), json: received };
    },
  };
}

function integerJson(value: bigint): number | bigint {
  const narrow = Number(value);
  return Number.isSafeInteger(narrow) ? narrow : value;
}

/** An INT within double precision. */
export function int(range: NumberRange<number>): WidgetInput<number> {
  return numberWidget<bigint, number>({
    type: 'INT',
    options: { ...range },
    min: BigInt(range.min),
    max: BigInt(range.max),
    read: readInteger,
    narrow: Number,
    json: integerJson,
  });
}

/** An INT that may need 64 bits, such as a seed. */
export function bigInt(range: NumberRange<bigint>): WidgetInput<bigint> {
  return numberWidget<bigint, bigint>({
    type: 'INT',
    options: {
      ...range,
      ...(range.default === undefined ? {} : { default: integerJson(range.default) }),
      min: integerJson(range.min),
    },
    min: range.min,
    max: range.max,
    read: readInteger,
    narrow: (value) => value,
    json: integerJson,
  });
}

/** A finite FLOAT. */
export function float(range: NumberRange<number>): WidgetInput<number> {
  return numberWidget<number, number>({
    type: 'FLOAT',
    options: { ...range },
    min: range.min,
    max: range.max,
    read: readFloat,
    narrow: (value) => value,
    json: (value) => value,
  });
}
