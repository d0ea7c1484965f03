import { EmbeddedServerError } from '../errors.ts';
import type { NodeClass } from '../nodes/define-node.ts';
import type { NodeClasses } from '../nodes/node-classes.ts';

/**
 * The built-in classes and those that a caller brings.
 *
 * @throws EmbeddedServerError `EMBEDDED_BAD_OPTION` for a name that is taken.
 */
export function allClasses(builtIn: NodeClasses, more: readonly NodeClass[]): NodeClasses {
  const classes = new Map(builtIn);
  for (const nodeClass of more) {
    const { classType } = nodeClass;
    if (classes.has(classType)) {
      const message = `nodes: there is a node class ${JSON.stringify(classType)} already`;
      throw new EmbeddedServerError('EMBEDDED_BAD_OPTION', message, { details: { classType } });
    }
    classes.set(classType, nodeClass);
  }
  return classes;
}
