import type { ConformanceContext } from './conformance-context.ts';
import { node } from './graph.ts';
import { type EndedPrompt, runToEnd } from './prompt-run.ts';
import { inputOfUpload, uploadFile } from './upload.ts';

/** Runs a prompt whose node `loaded` fails: the file that it loads is no picture. */
export async function runFailing(context: ConformanceContext): Promise<EndedPrompt> {
  const file = { name: `${context.target.runId}-broken.png`, bytes: Buffer.from('no picture') };
  const { name } = await uploadFile(context, file, { overwrite: 'true' });
  return runToEnd(context, {
    loaded: node('LoadImage', { image: inputOfUpload(name) }),
    shown: node('PreviewImage', { images: ['loaded', 0] }),
  });
}
