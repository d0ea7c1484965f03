import type { AdapterSummary, PixelEngine } from '../engine/pixel-engine.ts';
import type { SavedImage, SaveRequest } from '../files/image-store.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { TextChunk } from '../png/text-chunk.ts';
import type { NodeInput, SocketInput, WidgetInput } from './inputs.ts';
import { primitiveJson, type SocketName, type SocketTypes, type SocketValue } from './sockets.ts';

/** An image file for a client to look at, sent over its socket. */
export interface PreviewImage {
  readonly type: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

/** What a running node may use besides its inputs. */
export interface NodeContext {
  readonly engine: PixelEngine;
  /** Aborts when the prompt is interrupted or the server closes. */
  readonly signal: AbortSignal;
  /** Text chunks of every image of this prompt: the graph and the client's `extra_pnginfo`. */
  readonly imageText: readonly TextChunk[];
  /** Prefix of this server's preview files. */
  readonly previewPrefix: string;
  readonly saveImages: (request: Omit<SaveRequest, 'signal' | 'text'>) => Promise<readonly SavedImage[]>;
  /** Shows how far the node is, with a picture of it if there is one. */
  readonly reportProgress: (value: number, max: number, preview?: PreviewImage) => void;
  /** Whether clients want pictures of unfinished work. */
  readonly showsPreviews: boolean;
  /** Adds a line to what `/internal/logs` shows. */
  readonly log: (line: string) => void;
  /** Tells the client which words of a prompt the model has never seen. */
  readonly reportUnknownWords: (words: readonly string[]) => void;
  /** Tells the client what of an adapter file has no effect. */
  readonly reportAdapter: (name: string, adapter: AdapterSummary) => void;
}

/** What a node made: a value for each output, and what `executed` events and history show of it. */
export interface NodeResult {
  readonly outputs: readonly SocketValue[];
  readonly ui?: { readonly images: readonly SavedImage[] };
}

/** What feeds one input at run time. */
export type InputArgument =
  { readonly kind: 'widget'; readonly json: JsonValue } | { readonly kind: 'socket'; readonly value: SocketValue };

/** A value that a node's own rules refuse although it is within the declared range. */
export interface ValueRefusal {
  readonly input: string;
  readonly reason: string;
}

/** A node class as the server sees it. */
export interface NodeClass {
  /** The `class_type` of prompts. */
  readonly classType: string;
  readonly displayName: string;
  readonly description: string;
  readonly category: string;
  /** Where ComfyUI keeps the class, `nodes` for its core; clients group nodes by it. */
  readonly module: string;
  /** Runs without a consumer, because its effect is a file. */
  readonly isOutput: boolean;
  readonly inputs: ReadonlyMap<string, NodeInput>;
  /** Inputs that the server fills in: name → ComfyUI's type name. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly outputs: readonly SocketName[];
  /** False if results belong to one node and not to every node that is like it: ComfyUI's `NOT_IDEMPOTENT`. */
  readonly isIdempotent: boolean;
  /**
   * What decides the result besides the inputs, such as the digest of a file: ComfyUI's `IS_CHANGED`. False if there is
   * nothing. If it rejects, the result is not used again.
   */
  fingerprint(widgets: ReadonlyMap<string, JsonValue>): Promise<JsonValue>;
  /** Limits beyond the declared ranges, checked before the prompt is queued. */
  refusals(widgets: ReadonlyMap<string, JsonValue>): readonly ValueRefusal[];
  execute(inputs: ReadonlyMap<string, InputArgument>, context: NodeContext): Promise<NodeResult>;
}

type Inputs = Readonly<Record<string, NodeInput>>;

type ArgumentOf<Input> =
  Input extends WidgetInput<infer Value> ? Value : Input extends SocketInput<infer Name> ? SocketTypes[Name] : never;

/** What `execute` gets: a value for each declared input. */
export type Arguments<Declared extends Inputs> = { readonly [Name in keyof Declared]: ArgumentOf<Declared[Name]> };

type Widgets<Declared extends Inputs> = {
  readonly [Name in keyof Declared as Declared[Name] extends WidgetInput<unknown> ? Name : never]?: ArgumentOf<
    Declared[Name]
  >;
};

/** How a node file declares its class; `execute` gets arguments typed by `inputs`. */
export interface NodeDefinition<Declared extends Inputs> {
  readonly classType: string;
  readonly displayName: string;
  readonly description: string;
  readonly category: string;
  /** `nodes` by default. */
  readonly module?: string;
  readonly isOutput?: boolean;
  readonly inputs: Declared;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly outputs: readonly SocketName[];
  /** True by default. */
  readonly isIdempotent?: boolean;
  /** As {@link NodeClass.fingerprint}; sees the widgets whose values are valid by themselves. */
  fingerprint?(widgets: Widgets<Declared>): Promise<JsonValue>;
  /** Sees the widgets whose values are valid by themselves. */
  refusals?(widgets: Widgets<Declared>): readonly ValueRefusal[];
  execute(inputs: Arguments<Declared>, context: NodeContext): Promise<NodeResult>;
}

/** What a widget gets: the value of the prompt, or of the link that feeds it. */
function widgetJson(argument: InputArgument | undefined): JsonValue | undefined {
  return argument?.kind === 'socket' ? primitiveJson(argument.value) : argument?.json;
}

function readArgument(name: string, input: NodeInput, argument: InputArgument | undefined): unknown {
  const json = input.kind === 'widget' ? widgetJson(argument) : undefined;
  if (input.kind === 'widget' && json !== undefined) {
    const reading = input.read(json);
    if (reading.ok) return reading.value;
    throw new RangeError(`${name}: ${reading.fault.message}${reading.fault.details}`);
  }
  if (input.kind === 'socket' && argument?.kind === 'socket' && argument.value.type === input.type) {
    return argument.value.value;
  }
  throw new TypeError(`input ${name} did not pass validation`);
}

/** Turns a typed declaration into the form that validation, execution and `/object_info` share. */
export function defineNode<Declared extends Inputs>(definition: NodeDefinition<Declared>): NodeClass {
  const { classType, displayName, description, category, outputs } = definition;
  const inputs = new Map<string, NodeInput>(Object.entries(definition.inputs));

  function readWidgets(widgets: ReadonlyMap<string, JsonValue>): Widgets<Declared> {
    const values = [...widgets].flatMap(([name, json]) => {
      const input = inputs.get(name);
      const reading = input?.kind === 'widget' ? input.read(json) : undefined;
      return reading?.ok === true ? [[name, reading.value] as const] : [];
    });
    return Object.fromEntries(values) as Widgets<Declared>;
  }

  function refusals(widgets: ReadonlyMap<string, JsonValue>): readonly ValueRefusal[] {
    return definition.refusals?.(readWidgets(widgets)) ?? [];
  }

  /** Values from links were not there when the prompt was checked. */
  function refuseLinkedValues(given: ReadonlyMap<string, InputArgument>): void {
    const widgets = new Map<string, JsonValue>();
    for (const [name, argument] of given) {
      const json = inputs.get(name)?.kind === 'widget' ? widgetJson(argument) : undefined;
      if (json !== undefined) widgets.set(name, json);
    }
    const [refusal] = refusals(widgets);
    if (refusal !== undefined) throw new RangeError(`${refusal.input}: ${refusal.reason}`);
  }

  return {
    classType,
    displayName,
    description,
    category,
    module: definition.module ?? 'nodes',
    outputs,
    inputs,
    isOutput: definition.isOutput ?? false,
    hidden: definition.hidden ?? {},
    isIdempotent: definition.isIdempotent ?? true,
    fingerprint: async (widgets) => (await definition.fingerprint?.(readWidgets(widgets))) ?? false,
    refusals,
    execute(given, context) {
      if ([...given.values()].some(({ kind }) => kind === 'socket')) refuseLinkedValues(given);
      const values = [...inputs].map(([name, input]) => [name, readArgument(name, input, given.get(name))] as const);
      return definition.execute(Object.fromEntries(values) as Arguments<Declared>, context);
    },
  };
}

/** Hidden inputs of the nodes that write images. */
export const imageMetadata: JsonObject & Readonly<Record<string, string>> = {
  prompt: 'PROMPT',
  extra_pnginfo: 'EXTRA_PNGINFO',
};
