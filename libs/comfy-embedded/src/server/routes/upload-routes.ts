import { z } from 'zod';
import { EmbeddedServerError } from '../../errors.ts';
import { isFileName, parseSubfolder } from '../../files/file-name.ts';
import type { ImageFolder } from '../../files/image-store.ts';
import { maskedPicture } from '../../files/masked-picture.ts';
import { openSubfolder } from '../../files/open-subfolder.ts';
import { storeUpload } from '../../files/store-upload.ts';
import { ImageError } from '../../images/image-errors.ts';
import { parseJson } from '../../json/parse-json.ts';
import { openServedFile } from '../open-served-file.ts';
import { fieldText, findPart, type FormPart } from '../parse-multipart.ts';
import { json, type Reply, text } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';

const maxOriginalBytes = 64 * 1024 * 1024;
const folderSchema = z.enum(['input', 'temp', 'output']);
const referenceSchema = z.looseObject({
  filename: z.string(),
  subfolder: z.string().default(''),
  type: z.string().default('output'),
});

/** Where an upload is to go, as its form says. */
interface UploadTarget {
  readonly folder: ImageFolder;
  /** As the client wrote it; the answer repeats it. */
  readonly subfolder: string;
  readonly path: string;
  readonly name: string;
  readonly overwrite: boolean;
}

function readTarget(parts: readonly FormPart[]): UploadTarget | Reply {
  const image = findPart(parts, 'image');
  if (image === undefined) return text(400, 'the form has no field "image"');
  if (image.filename === undefined || !isFileName(image.filename)) {
    return text(400, 'the field "image" needs a file name: one part of a path, up to 200 bytes, no control characters');
  }
  const folder = folderSchema.safeParse(fieldText(parts, 'type') ?? 'input');
  if (!folder.success) return text(400, 'type must be input, temp or output');
  const subfolder = fieldText(parts, 'subfolder') ?? '';
  const path = parseSubfolder(subfolder);
  if (path === undefined) return text(400, 'subfolder must stay inside the directory');
  const overwrite = ['true', '1'].includes(fieldText(parts, 'overwrite') ?? '');
  return { folder: folder.data, subfolder, path, name: image.filename, overwrite };
}

async function store(context: ServerContext, target: UploadTarget, bytes: Uint8Array): Promise<Reply> {
  try {
    const directory = await openSubfolder(context.directories[target.folder], target.path);
    const name = await storeUpload({ directory, name: target.name, bytes, overwrite: target.overwrite });
    return json({ name, subfolder: target.subfolder, type: target.folder });
  } catch (error) {
    if (error instanceof EmbeddedServerError && error.code === 'EMBEDDED_PATH_REFUSED') return text(400, error.message);
    throw error;
  }
}

/**
 * `POST /upload/image`: stores the file of field `image` under its name. Whatever the content is: nobody looks at it
 * before a node does.
 */
export async function postUploadImage(context: ServerContext, parts: readonly FormPart[]): Promise<Reply> {
  const target = readTarget(parts);
  if ('kind' in target) return target;
  return store(context, target, findPart(parts, 'image')?.bytes ?? Buffer.alloc(0));
}

/** Reads the picture that a mask belongs to, or tells why it cannot be had. */
async function readOriginal({ directories }: ServerContext, parts: readonly FormPart[]): Promise<Buffer | Reply> {
  const reference = readReference(fieldText(parts, 'original_ref') ?? '');
  if (reference === undefined)
    return text(400, 'original_ref must be JSON: {"filename": "…", "subfolder": "", "type": "…"}');
  const served = await openServedFile(directories, reference);
  if (!served.ok) return text(400, 'original_ref names no file');
  try {
    if (served.bytes > maxOriginalBytes) return text(400, `the picture is larger than ${maxOriginalBytes} bytes`);
    return await served.file.readFile();
  } finally {
    await served.file.close();
  }
}

function readReference(json: string): z.output<typeof referenceSchema> | undefined {
  try {
    return referenceSchema.safeParse(parseJson(json)).data;
  } catch {
    return undefined;
  }
}

/** `POST /upload/mask`: stores the picture that `original_ref` names with the alpha channel of the file in `image`. */
export async function postUploadMask(context: ServerContext, parts: readonly FormPart[]): Promise<Reply> {
  const target = readTarget(parts);
  if ('kind' in target) return target;
  const original = await readOriginal(context, parts);
  if ('kind' in original) return original;
  try {
    const mask = findPart(parts, 'image')?.bytes ?? Buffer.alloc(0);
    return await store(context, target, await maskedPicture(original, mask));
  } catch (error) {
    if (error instanceof ImageError) return text(400, `${error.message}. ${error.hint}`);
    throw error;
  }
}
