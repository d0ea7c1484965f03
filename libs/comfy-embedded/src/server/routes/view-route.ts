import { Readable } from 'node:stream';
import { decodeImage } from '../../image-files/decode-image.ts';
import { ImageError } from '../../images/image-errors.ts';
import { contentTypeOf } from '../content-type.ts';
import { openServedFile, type ServedFile } from '../open-served-file.ts';
import { type PictureView, readPictureView, showPicture } from '../picture-view.ts';
import { empty, type Reply, text } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';

const maxPictureBytes = 64 * 1024 * 1024;

type OpenFile = Extract<ServedFile, { ok: true }>;

async function replyWithView({ file, bytes, name }: OpenFile, view: PictureView): Promise<Reply> {
  try {
    if (bytes > maxPictureBytes) return text(400, `the file is larger than ${maxPictureBytes} bytes`);
    const content = await file.readFile();
    const picture = await showPicture(await decodeImage(content), content, view);
    return {
      kind: 'file',
      stream: Readable.from([picture.bytes]),
      bytes: picture.bytes.length,
      type: picture.type,
      name,
    };
  } catch (error) {
    if (error instanceof ImageError) return text(400, `${error.message}. ${error.hint}`);
    throw error;
  } finally {
    await file.close();
  }
}

/** `GET /view`: a file of the output, input or temporary directory, or with `preview` or `channel` a view of a picture. */
export async function getView({ directories }: ServerContext, query: URLSearchParams): Promise<Reply> {
  const filename = query.get('filename');
  if (filename === null) return empty(404);
  const reference = { filename, subfolder: query.get('subfolder') ?? '', type: query.get('type') ?? 'output' };
  const served = await openServedFile(directories, reference);
  if (!served.ok) return empty(served.status);
  const view = readPictureView(query);
  if (view !== undefined) return replyWithView(served, view);
  const { file, bytes, name } = served;
  const stream = file.createReadStream({ end: Math.max(0, bytes - 1) });
  return { kind: 'file', stream, bytes, type: contentTypeOf(name), name };
}
