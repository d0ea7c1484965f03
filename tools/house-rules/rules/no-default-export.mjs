// @ts-check
/** @type {import('eslint').Rule.RuleModule} */
export const noDefaultExport = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { named: 'Export by name; only config files have a default export.' },
  },
  create: (context) => ({
    ExportDefaultDeclaration: (node) => context.report({ node, messageId: 'named' }),
  }),
};
