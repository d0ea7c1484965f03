// @ts-check
import { basename, relative, sep } from 'node:path';

/** @type {import('eslint').Rule.RuleModule} */
export const oneBarrel = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { edge: 'A package has one barrel, src/index.ts; import the file that holds the thing.' },
  },
  create: (context) => ({
    Program(node) {
      const parts = relative(context.cwd, context.filename).split(sep);
      const isBarrel = /^index\.[mc]?[jt]s$/.test(basename(context.filename));
      if (isBarrel && parts.at(-2) !== 'src') context.report({ node, messageId: 'edge' });
    },
  }),
};
