// @ts-check
/** @type {import('eslint').Rule.RuleModule} */
export const noDoubleCast = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { parse: 'A cast through `unknown` or `any` hides a fault: parse the value instead.' },
  },
  create: (context) => ({
    /** @param {any} node */
    TSAsExpression(node) {
      const inner = node.expression;
      if (inner.type !== 'TSAsExpression') return;
      if (['TSUnknownKeyword', 'TSAnyKeyword'].includes(inner.typeAnnotation.type)) {
        context.report({ node, messageId: 'parse' });
      }
    },
  }),
};
