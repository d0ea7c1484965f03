/**
 * A minimal ONNX model, written by hand in protobuf wire format (field numbers of onnx.proto, IR version 8, opset 13):
 * `y = x · W · W · … · W`, with x and y float32 [size, size] and the constant W float32 [size, size].
 *
 * W is a constant, so that the runtime packs it once, as it packs the weights of a network; a chain of products
 * with one output keeps the cost of handing the result to JavaScript out of the figure.
 */
export function onnxChainModel(options: {
  readonly size: number;
  readonly products: number;
  /** Row-major, `size * size` values. */
  readonly weights: Float32Array;
}): Uint8Array {
  const { size, products, weights } = options;
  const nodes = Array.from({ length: products }, (_, index) =>
    message(1, [
      text(1, index === 0 ? 'x' : `h${index}`),
      text(1, 'w'),
      text(2, index === products - 1 ? 'y' : `h${index + 1}`),
      text(4, 'MatMul'),
    ]),
  );
  const raw = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  const initializer = message(5, [
    integer(1, size),
    integer(1, size),
    integer(2, float32),
    text(8, 'w'),
    bytes(9, raw),
  ]);
  const graph = message(7, [
    ...nodes,
    text(2, 'gemm-chain'),
    initializer,
    message(11, matrix('x', size)),
    message(12, matrix('y', size)),
  ]);
  return concatenate([integer(1, 8), graph, message(8, [text(1, ''), integer(2, 13)])]);
}

const float32 = 1;

/** ValueInfoProto: name, type → tensor_type → element type and shape. */
function matrix(name: string, size: number): Uint8Array[] {
  const dimension = message(1, [integer(1, size)]);
  const tensor = message(1, [integer(1, float32), message(2, [dimension, dimension])]);
  return [text(1, name), message(2, [tensor])];
}

function integer(field: number, value: number): Uint8Array {
  return concatenate([varint(field << 3), varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytes(field, concatenate(parts));
}

function bytes(field: number, payload: Uint8Array): Uint8Array {
  return concatenate([varint((field << 3) | 2), varint(payload.length), payload]);
}

function varint(value: number): Uint8Array {
  const groups: number[] = [];
  let rest = value;
  while (rest > 127) {
    groups.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  groups.push(rest);
  return Uint8Array.from(groups);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
