import type { PixelEngine } from '../engine/pixel-engine.ts';
import type { SavedImage, SaveRequest } from '../files/image-store.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { TextChunk } from '../png/text-chunk.ts';
import type { NodeInput, SocketInput, WidgetInput } from './inputs.ts';
import type { SocketName, SocketTypes, SocketValue } from './sockets.ts';

/** What a running node may use besides its inputs. */
interface NodeContext {
  readonly engine: PixelEngine;
  /** Aborts when the prompt is interrupted or the server closes. */
  readonly signal: AbortSignal;
  /** Text chunks of every image of this prompt: the graph and the client's `extra_pnginfo`. */
  readonly imageText: readonly TextChunk[];
  /** Prefix of this server's preview files. */
  readonly previewPrefix: string;
  readonly saveImages: (request: Omit<SaveRequest, 'signal' | 'text'>) => Promise<readonly SavedImage[]>;
  readonly reportProgress: (value: number, max: number) => void;
  /** Tells the client which words of a prompt the model has never seen. */
  readonly reportUnknownWords: (words: readonly string[]) => void;
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
  /** Runs without a consumer, because its effect is a file. */
  readonly isOutput: boolean;
  readonly inputs: ReadonlyMap<string, NodeInput>;
  /** Inputs that the server fills in: name → ComfyUI's type name. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly outputs: readonly SocketName[];
  /** Limits beyond the declared ranges, checked before the prompt is queued. */
  refusals(widgets: ReadonlyMap<string, JsonValue>): readonly ValueRefusal[];
  execute(inputs: ReadonlyMap<string, InputArgument>, context: NodeContext): Promise<NodeResult>;
}

type Inputs = Readonly<Record<string, NodeInput>>;

type ArgumentOf<Input> =
  Input extends WidgetInput<infer Value> ? Value : Input extends SocketInput<infer Name> ? SocketTypes[Name] : never;

type Arguments<Declared extends Inputs> = { readonly [Name in keyof Declared]: ArgumentOf<Declared[Name]> };

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
  readonly isOutput?: boolean;
  readonly inputs: Declared;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly outputs: readonly SocketName[];
  /** Sees the widgets whose values are valid by themselves. */
  refusals?(widgets: Widgets<Declared>): readonly ValueRefusal[];
  execute(inputs: Arguments<Declared>, context: NodeContext): Promise<NodeResult>;
}

function readArgument(name: string, input: NodeInput, argument: InputArgument | undefined): unknown {
  if (input.kind === 'widget' && argument?.kind === 'widget') {
    const reading = input.read(argument.json);
    if (reading.ok) return reading.value;
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
  return {
    classType,
    displayName,
    description,
    category,
    outputs,
    inputs,
    isOutput: definition.isOutput ?? false,
    hidden: definition.hidden ?? {},
    refusals(widgets) {
      const values = [...widgets].flatMap(([name, json]) => {
        const input = inputs.get(name);
        const reading = input?.kind === 'widget' ? input.read(json) : undefined;
        return reading?.ok === true ? [[name, reading.value] as const] : [];
      });
      return definition.refusals?.(Object.fromEntries(values) as Widgets<Declared>) ?? [];
    },
    execute(given, context) {
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
