// @ts-check
import { basename, relative, sep } from 'node:path';

const drawers = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'shared',
  'misc',
  'core',
  'manager',
  'service',
]);

/** @type {import('eslint').Rule.RuleModule} */
export const noDrawerNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      drawer: '"{{name}}" says where things were put, not what they are: name the file or folder after its content.',
    },
  },
  create: (context) => ({
    Program(node) {
      const parts = relative(context.cwd, context.filename).split(sep);
      const file = basename(parts.pop() ?? '').replace(/(\.test)?\.[a-z]+$/, '');
      for (const name of [...parts, file]) {
        if (drawers.has(name.toLowerCase())) context.report({ node, messageId: 'drawer', data: { name } });
      }
    },
  }),
};
