// @ts-check
const patches = new Set(['mock', 'doMock', 'hoisted', 'stubGlobal']);

/** @type {import('eslint').Rule.RuleModule} */
export const noPatchedModules = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      real: 'Test against a real file, socket or process (or a strict protocol server), not a patched module.',
    },
  },
  create: (context) => ({
    /** @param {any} node */
    MemberExpression(node) {
      if (node.object.name === 'vi' && patches.has(node.property.name)) context.report({ node, messageId: 'real' });
    },
  }),
};
