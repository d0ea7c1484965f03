import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { NodeClass } from './define-node.ts';
import type { NodeInput } from './inputs.ts';

/** An input as `/object_info` and the `input_config` of validation errors show it: `[type, options]`. */
export function inputConfig(input: NodeInput): readonly JsonValue[] {
  return [input.type, input.kind === 'socket' ? {} : input.options];
}

/** One entry of `/object_info`, in the shape of ComfyUI 0.3.64. */
export function objectInfo(nodeClass: NodeClass): JsonObject {
  const hidden = Object.keys(nodeClass.hidden);
  const required = Object.fromEntries([...nodeClass.inputs].map(([name, input]) => [name, inputConfig(input)]));
  return {
    input: { required, ...(hidden.length > 0 ? { hidden: nodeClass.hidden } : {}) },
    input_order: { required: [...nodeClass.inputs.keys()], ...(hidden.length > 0 ? { hidden } : {}) },
    output: nodeClass.outputs,
    output_is_list: nodeClass.outputs.map(() => false),
    output_name: nodeClass.outputs,
    name: nodeClass.classType,
    display_name: nodeClass.displayName,
    description: nodeClass.description,
    python_module: nodeClass.module,
    category: nodeClass.category,
    output_node: nodeClass.isOutput,
  };
}
