import type { z } from 'zod';
import type { ConformanceContext } from './conformance-context.ts';
import { Unmet } from './finding.ts';
import { type FileForm, uploadForm } from './protocol-forms.ts';

/** The subfolder of everything that checks leave on a server. */
export const conformanceFolder = 'dgx-pixels-conformance';

/** Uploads go among the temporary files, which a server removes by itself. */
const placed = { type: 'temp', subfolder: conformanceFolder } as const;

/** Uploads a file. @throws Unmet unless the server takes it */
export async function uploadFile(
  context: ConformanceContext,
  file: { readonly name: string; readonly bytes: Uint8Array },
  fields: Readonly<Record<string, string>> = {},
): Promise<z.output<typeof uploadForm>> {
  const reply = await context.postForm('/upload/image', { image: file, ...placed, ...fields });
  if (reply.status !== 200) throw new Unmet('200 for an upload', `${reply.status} ${reply.bytes.toString()}`);
  return reply.read(uploadForm);
}

/** The file of an upload, as `/view` names it. */
export function fileOfUpload(name: string): FileForm {
  return { filename: name, ...placed };
}

/** The file of an upload, as the input of `LoadImage` names it. */
export function inputOfUpload(name: string): string {
  return `${conformanceFolder}/${name} [temp]`;
}
