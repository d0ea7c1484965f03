/** A WebSocket frame of a server's (RFC 6455, section 5.2), whole and without a mask. */
export interface SocketFrame {
  readonly fin: boolean;
  /** 1 text, 2 binary, 8 close, 9 ping, 10 pong. */
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  #held = Buffer.alloc(0);

  /** Frames that are whole with these bytes. */
  read(bytes: Buffer): readonly SocketFrame[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    const frames: SocketFrame[] = [];
    for (;;) {
      const frame = this.#next();
      if (frame === null) return frames;
      frames.push(frame);
    }
  }

  #next(): SocketFrame | null {
    const held = this.#held;
    if (held.length < 2) return null;
    const [first, short] = [held.readUInt8(0), held.readUInt8(1) & 0x7f];
    const start = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (held.length < start) return null;
    const length = short === 126 ? held.readUInt16BE(2) : short === 127 ? Number(held.readBigUInt64BE(2)) : short;
    if (held.length < start + length) return null;
    this.#held = held.subarray(start + length);
    return { fin: first >= 0x80, opcode: first & 0x0f, payload: held.subarray(start, start + length) };
  }
}

/** A frame as bytes. */
export function writeFrame({ fin, opcode, payload }: SocketFrame): Buffer {
  const first = (fin ? 0x80 : 0) | opcode;
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([first, length]), payload]);
  if (length < 65_536) return Buffer.concat([Buffer.from([first, 126, length >> 8, length & 0xff]), payload]);
  const head = Buffer.alloc(10);
  head.writeUInt8(first, 0);
  head.writeUInt8(127, 1);
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}
