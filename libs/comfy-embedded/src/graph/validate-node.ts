import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { NodeInput } from '../nodes/inputs.ts';
import { inputConfig } from '../nodes/object-info.ts';
import { promptFault, type PromptFault } from './prompt-error.ts';
import { type GraphNode, isLinkLike, type Link, type PromptGraph } from './prompt-graph.ts';

/** How validation came to a node: undefined for an output node, else the input of the consumer that links here. */
export interface Consumer {
  readonly inputName: string;
  readonly input: NodeInput;
  readonly link: Link;
}

/** A node checked by itself, without the nodes it links to. */
export interface NodeCheck {
  readonly faults: readonly PromptFault[];
  /** Well-formed links to existing outputs of the right type, by input name. */
  readonly links: ReadonlyMap<string, Link>;
  /** Widget values after conversion, by input name. */
  readonly widgets: ReadonlyMap<string, JsonValue>;
}

/** `details` and Python exception name of a link that leads nowhere. */
type LinkProblem = readonly [exceptionType: string, details: string];

function shownConfig(input: NodeInput): JsonValue {
  // Long choices (model lists) are left out of error answers, as ComfyUI does.
  return input.kind === 'widget' && typeof input.type !== 'string' && input.type.length > 20
    ? null
    : inputConfig(input);
}

function exceptionFault(consumer: Consumer | undefined, [exceptionType, details]: LinkProblem): PromptFault {
  if (consumer === undefined) {
    const extra = { exception_type: exceptionType, traceback: [] };
    return promptFault('exception_during_validation', 'The node cannot be validated', details, extra);
  }
  const { inputName, input, link } = consumer;
  return promptFault('exception_during_inner_validation', 'A linked node cannot be validated', details, {
    input_name: inputName,
    input_config: shownConfig(input),
    exception_message: details,
    exception_type: exceptionType,
    traceback: [],
    linked_node: [link.from, link.slot],
  });
}

function findOutput(graph: PromptGraph, from: JsonValue, slot: JsonValue): { readonly type: string } | LinkProblem {
  const shown = typeof from === 'string' || typeof from === 'number' ? `'${from}'` : 'a value that is no node id';
  const source = typeof from === 'string' ? graph.get(from) : undefined;
  if (source === undefined) return ['KeyError', `${shown}: the prompt has no such node`];
  const { classType, outputs } = source.nodeClass;
  if (typeof slot !== 'number' || !Number.isInteger(slot))
    return ['TypeError', `the slot of a link to ${shown} is no integer`];
  const type = outputs[slot];
  if (type === undefined)
    return ['IndexError', `${shown} (${classType}) has ${outputs.length} outputs, slot ${slot} is none`];
  return { type };
}

/** Checks the inputs of one node and collects every fault. */
export function checkNode(graph: PromptGraph, node: GraphNode, consumer: Consumer | undefined): NodeCheck {
  const faults: PromptFault[] = [];
  const links = new Map<string, Link>();
  const widgets = new Map<string, JsonValue>();
  if (node.inputs === null) {
    return {
      faults: [exceptionFault(consumer, ['KeyError', "'inputs': the node has no such object"])],
      links,
      widgets,
    };
  }

  function checkLink(name: string, input: NodeInput, value: readonly JsonValue[]): void {
    const about = (extra: JsonObject): JsonObject => ({ input_name: name, input_config: shownConfig(input), ...extra });
    const [from, slot] = value;
    if (value.length !== 2 || from === undefined || slot === undefined) {
      const message = 'A link must be a list of node id and output slot';
      faults.push(promptFault('bad_linked_input', message, name, about({ received_value: value })));
      return;
    }
    const found = findOutput(graph, from, slot);
    if (!('type' in found)) {
      faults.push(exceptionFault(consumer, [found[0], `${name}: ${found[1]}`]));
    } else if (found.type !== input.type) {
      const wanted = typeof input.type === 'string' ? input.type : 'COMBO';
      const details = `${name}, received_type(${found.type}) mismatch input_type(${wanted})`;
      const extra = about({ received_type: found.type, linked_node: value });
      faults.push(promptFault('return_type_mismatch', 'The linked output has another type', details, extra));
    } else if (typeof from === 'string' && typeof slot === 'number') {
      links.set(name, { from, slot });
    }
  }

  function checkWidget(name: string, input: NodeInput, given: JsonValue): void {
    const value = unwrap(given);
    const about = { input_name: name, input_config: shownConfig(input) };
    if (input.kind === 'socket') {
      const message = `The input takes a link to ${input.type}, not a value`;
      faults.push(promptFault('invalid_input_type', message, name, { ...about, received_value: value }));
      return;
    }
    const reading = input.read(value);
    if (reading.ok) {
      widgets.set(name, reading.json);
      return;
    }
    const { type, message, details, received } = reading.fault;
    const exception = type === 'invalid_input_type' ? { exception_message: details.replace(/^, /, '') } : {};
    faults.push(promptFault(type, message, `${name}${details}`, { ...about, received_value: received, ...exception }));
  }

  for (const [name, input] of node.nodeClass.inputs) {
    const value = node.inputs[name];
    if (value === undefined) {
      faults.push(promptFault('required_input_missing', 'A required input is missing', name, { input_name: name }));
    } else if (isLinkLike(value)) {
      checkLink(name, input, value);
    } else {
      checkWidget(name, input, value);
    }
  }
  for (const { input, reason } of node.nodeClass.refusals(widgets)) {
    const message = 'The embedded engine refuses the value';
    faults.push(promptFault('custom_validation_failed', message, `${input} - ${reason}`, { input_name: input }));
  }
  return { faults, links, widgets };
}

/** ComfyUI lets a list be passed as a value by wrapping it in `{ "__value__": … }`. */
function unwrap(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || !('__value__' in value)) return value;
  return value['__value__'] ?? null;
}
