import { parseExactJson } from '../parse-lenient-json.ts';
import { serializeJson } from '../serialize-json.ts';
import { parseWorkflowGraph, type WorkflowGraph } from '../workflow-graph.ts';

/** The result of a node, for inputs of its type. An input that takes several types takes a `Link` of their union. */
export interface Link<Type extends string> {
  readonly nodeId: string;
  readonly slot: number;
  /** Only for the compiler: never set. */
  readonly type?: Type;
}

/** Node classes as `dgx-pixels comfy types` declares them: inputs by name, types of the results in order. */
export type NodeClasses = Readonly<Record<string, { readonly inputs: object; readonly outputs: readonly string[] }>>;

/** 0, 1, … of a tuple. */
type SlotOf<Outputs extends readonly string[]> = Exclude<Partial<Outputs>['length'], Outputs['length'] | undefined>;

/** A node that was added. */
export interface AddedNode<Outputs extends readonly string[]> {
  readonly id: string;
  /** One of its results. */
  output<Slot extends SlotOf<Outputs>>(slot: Slot): Link<Outputs[Slot]>;
}

/** Puts a workflow together node by node, with inputs checked by the compiler. */
export interface WorkflowBuilder<Classes extends NodeClasses> {
  /** Adds a node; ids count from "1". */
  add<Name extends keyof Classes & string>(
    classType: Name,
    inputs: Classes[Name]['inputs'],
    title?: string,
  ): AddedNode<Classes[Name]['outputs']>;
  /**
   * The workflow so far.
   *
   * @throws ComfyClientError COMFY_GRAPH_INVALID without nodes, or with values that JSON cannot carry
   */
  build(): WorkflowGraph;
}

function isLink(value: unknown): value is Link<string> {
  return typeof value === 'object' && value !== null && 'nodeId' in value && 'slot' in value;
}

/**
 * A builder for the node classes of a server.
 *
 * @example
 * const flow = createWorkflowBuilder<ServerNodes>();
 * const checkpoint = flow.add('CheckpointLoaderSimple', { ckpt_name: 'pixel-sprites.safetensors' });
 * flow.add('CLIPTextEncode', { clip: checkpoint.output(1), text: 'a red bird' });
 */
export function createWorkflowBuilder<Classes extends NodeClasses>(): WorkflowBuilder<Classes> {
  const nodes = new Map<string, unknown>();
  return {
    add(classType, inputs, title) {
      const id = String(nodes.size + 1);
      const wired = Object.entries(inputs).map(([name, value]: [string, unknown]) => [
        name,
        isLink(value) ? [value.nodeId, value.slot] : value,
      ]);
      const meta = title === undefined ? {} : { _meta: { title } };
      nodes.set(id, { class_type: classType, inputs: Object.fromEntries(wired) as unknown, ...meta });
      return { id, output: (slot) => ({ nodeId: id, slot }) };
    },
    build: () => parseWorkflowGraph(parseExactJson(serializeJson(Object.fromEntries(nodes)))),
  };
}
