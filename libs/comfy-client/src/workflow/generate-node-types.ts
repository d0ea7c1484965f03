import type { ObjectInfo } from '../schema/object-info.ts';
import { type NodeClass, type NodeClassInput, readNodeClass } from './node-class.ts';

const plainName = /^[A-Za-z_$][\w$]*$/;
const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
const property = (name: string): string => (plainName.test(name) && name !== '__proto__' ? name : `[${quote(name)}]`);

/** Names that ComfyUI declares in one text are alternatives; `*` stands for any. */
function linkTo(type: string): string {
  const types = type.split(',').map((one) => one.trim());
  return `Link<${types.includes('*') ? 'string' : types.map(quote).join(' | ')}>`;
}

function linkFrom(type: string): string {
  return type.includes('*')
    ? 'never'
    : type
        .split(',')
        .map((one) => quote(one.trim()))
        .join(' | ');
}

function widgetType(input: NodeClassInput): string | null {
  if (input.kind === 'choice')
    return (
      input.options.map((option) => (typeof option === 'string' ? quote(option) : String(option))).join(' | ') ||
      'never'
    );
  if (input.kind === 'int') return 'number | bigint';
  if (input.kind === 'float') return 'number';
  return input.kind === 'link' ? null : input.kind;
}

/** Text from a server must not end the comment that it stands in. */
const inComment = (text: string): string => text.replaceAll('*/', '* /').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** Bounds of 64-bit integers were rounded when they were read: better none than a wrong one. */
const shownBound = (bound: number | null): string =>
  bound === null || (Number.isInteger(bound) && !Number.isSafeInteger(bound)) ? '' : String(bound);

function remarks(input: NodeClassInput): string {
  const parts: string[] = [];
  if (input.kind === 'int' || input.kind === 'float') {
    const [min, max] = [input.min, input.max].map(shownBound);
    if (min !== '' || max !== '') parts.push(`${min} … ${max}`.trim());
  }
  if (['string', 'number', 'boolean'].includes(typeof input.fallback)) {
    parts.push(`@default ${JSON.stringify(input.fallback)}`);
  }
  return parts.length === 0 ? '' : `      /** ${inComment(parts.join(' '))} */\n`;
}

function declareInput(input: NodeClassInput): string {
  const widget = widgetType(input);
  const type = widget === null ? linkTo(input.type) : `${widget} | ${linkTo(input.type)}`;
  return `${remarks(input)}      readonly ${property(input.name)}${input.isRequired ? '' : '?'}: ${type};\n`;
}

function declareClass(name: string, nodeClass: NodeClass): string {
  const inputs = nodeClass.inputs.map(declareInput).join('');
  const outputs = nodeClass.outputs.map(linkFrom).join(', ');
  return (
    `  readonly ${property(name)}: {\n    readonly inputs: {${inputs === '' ? '' : `\n${inputs}    `}};\n` +
    `    readonly outputs: readonly [${outputs}];\n  };\n`
  );
}

/**
 * A TypeScript module that declares a server's node classes for {@link createWorkflowBuilder}: input names and types,
 * ranges and defaults as comments, choices and model names as literals. The same `object_info` gives the same text.
 *
 * @param source said at the head of the file: where the classes come from
 */
export function generateNodeTypes(objectInfo: ObjectInfo, source: string): string {
  const classes = Object.entries(objectInfo)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, info]) => [name, readNodeClass(info)] as const);
  const declared = classes.map(([name, nodeClass]) => declareClass(name, nodeClass)).join('');
  return `// Node classes of ${inComment(source)}, written by \`dgx-pixels comfy types\`. Changes are lost when it is written again.
import { createWorkflowBuilder, type Link, type WorkflowBuilder } from '@dgx-pixels/comfy-client';

/** Inputs and results by class. */
export type ServerNodes = {
${declared}};

/** Puts workflows of these classes together. */
export const createBuilder = (): WorkflowBuilder<ServerNodes> => createWorkflowBuilder<ServerNodes>();
`;
}
