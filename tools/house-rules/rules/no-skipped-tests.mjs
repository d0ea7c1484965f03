// @ts-check
const suites = new Set(['describe', 'it', 'test']);
const evasions = new Set(['only', 'skip', 'skipIf', 'todo', 'runIf', 'fails']);

/** @type {import('eslint').Rule.RuleModule} */
export const noSkippedTests = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { run: 'A test that does not run reports success it has not earned: run it or delete it.' },
  },
  create: (context) => ({
    /** @param {any} node */
    MemberExpression(node) {
      if (suites.has(node.object.name) && evasions.has(node.property.name)) context.report({ node, messageId: 'run' });
    },
  }),
};
