import { boolean } from './boolean-input.ts';
import { defineNode } from './define-node.ts';
import { bigInt, float } from './number-inputs.ts';
import { string } from './text-inputs.ts';

const category = 'utils/primitive';
const module = 'comfy_extras.nodes_primitive';
/** Python's `sys.maxsize`, the range of ComfyUI's number nodes. */
const largest = 0x7fff_ffff_ffff_ffffn;

/** `PrimitiveInt`: a whole number for several inputs. */
export const primitiveInt = defineNode({
  classType: 'PrimitiveInt',
  displayName: 'Int',
  description: 'A whole number that several inputs can share.',
  category,
  module,
  inputs: { value: bigInt({ min: -largest, max: largest, control_after_generate: true }) },
  outputs: ['INT'],
  execute: ({ value }) => Promise.resolve({ outputs: [{ type: 'INT', value }] }),
});

/** `PrimitiveFloat`: a number for several inputs. */
export const primitiveFloat = defineNode({
  classType: 'PrimitiveFloat',
  displayName: 'Float',
  description: 'A number that several inputs can share.',
  category,
  module,
  inputs: { value: float({ min: -Number(largest), max: Number(largest) }) },
  outputs: ['FLOAT'],
  execute: ({ value }) => Promise.resolve({ outputs: [{ type: 'FLOAT', value }] }),
});

function textNode(classType: string, displayName: string, multiline: boolean) {
  return defineNode({
    classType,
    displayName,
    description: 'A text that several inputs can share.',
    category,
    module,
    inputs: { value: string({ multiline }) },
    outputs: ['STRING'],
    execute: ({ value }) => Promise.resolve({ outputs: [{ type: 'STRING', value }] }),
  });
}

/** `PrimitiveString`: a line of text for several inputs. */
export const primitiveString = textNode('PrimitiveString', 'String', false);

/** `PrimitiveStringMultiline`: text for several inputs. */
export const primitiveStringMultiline = textNode('PrimitiveStringMultiline', 'String (Multiline)', true);

/** `PrimitiveBoolean`: true or false for several inputs. */
export const primitiveBoolean = defineNode({
  classType: 'PrimitiveBoolean',
  displayName: 'Boolean',
  description: 'True or false, for several inputs.',
  category,
  module,
  inputs: { value: boolean() },
  outputs: ['BOOLEAN'],
  execute: ({ value }) => Promise.resolve({ outputs: [{ type: 'BOOLEAN', value }] }),
});
