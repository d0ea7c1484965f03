import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare, notAvailable } from '../finding.ts';
import { evenPicture, freshColour, node, pictureSize } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';
import { readFrame } from '../read-frame.ts';
import { readPng } from '../read-png.ts';

/** SaveImageWebsocket sends its picture as a binary message of type 1 and keeps no file. */
export const websocketImageComesAsAFrame: ConformanceCheck = {
  id: 'websocket-image-comes-as-a-frame',
  area: 'previews',
  statement: 'SaveImageWebsocket sends its picture as a binary message of type 1 and keeps no file',
  async run(context) {
    const offered = (await context.ask('/object_info/SaveImageWebsocket')).read(z.record(z.string(), z.unknown()));
    if (Object.keys(offered).length === 0) return notAvailable('the server does not offer SaveImageWebsocket');
    const socket = await context.openSocket();
    const graph = { picture: evenPicture(freshColour()), sent: node('SaveImageWebsocket', { images: ['picture', 0] }) };
    const { entry } = await runToSuccess(context, graph, { socket });
    const frames = socket.frames.map(readFrame);
    const { width, height } = readPng(frames[0]?.picture ?? Buffer.alloc(0));
    return compare(
      { frames: [[1, 'png', 'png']], width: pictureSize.width, height: pictureSize.height, outputs: {} },
      { frames: frames.map(({ type, format, said }) => [type, format, said]), width, height, outputs: entry.outputs },
    );
  },
};
