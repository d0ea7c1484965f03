// @ts-check
const machinePath = /(^|[\s'"`=:(])\/(home|root|Users|work)\/[\w.-]+/;

/** @type {import('eslint').Rule.RuleModule} */
export const noMachinePaths = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      path: 'A path of one machine ("{{path}}") does not belong in the source: resolve it from the workspace.',
    },
  },
  create(context) {
    /** @param {{ loc?: import('eslint').AST.SourceLocation | null | undefined }} node @param {string} text */
    const check = (node, text) => {
      const found = machinePath.exec(text);
      if (found)
        context.report({ loc: node.loc ?? { line: 1, column: 0 }, messageId: 'path', data: { path: found[0].trim() } });
    };
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) check(comment, comment.value);
      },
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
  },
};
