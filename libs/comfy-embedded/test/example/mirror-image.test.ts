import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../decode-png.ts';
import { submit, waitForHistory } from '../raw-client.ts';
import { openTestServer } from '../server-fixture.ts';
import { mirrorImage } from './mirror-image.ts';

const source = join(import.meta.dirname, 'mirror-image.ts');
const guide = join(import.meta.dirname, '../../../../docs/guides/embedded-nodes.md');

describe('the example of docs/guides/embedded-nodes.md', () => {
  it('stands in the guide as it is run here, in at most 40 lines', () => {
    const code = readFileSync(source, 'utf8').replace('../../src/index.ts', '@dgx-pixels/comfy-embedded');
    expect(readFileSync(guide, 'utf8')).toContain(`\`\`\`ts\n${code}\`\`\``);
    expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  it('is described beside the built-in classes', async () => {
    const { url } = await openTestServer({ nodes: [mirrorImage] });
    const info: unknown = await (await fetch(`${url}/object_info/ExampleMirrorImage`)).json();
    expect(info).toMatchObject({
      ExampleMirrorImage: {
        input: {
          required: { axis: [['left-right', 'top-bottom'], {}], keep_original: ['BOOLEAN', { default: false }] },
        },
        output: ['IMAGE'],
        python_module: 'example_nodes',
      },
    });
  });

  it('mirrors pictures', async () => {
    const { url, outputDirectory } = await openTestServer({ nodes: [mirrorImage] });
    const graph = {
      left: { class_type: 'EmptyImage', inputs: { width: 2, height: 3, batch_size: 1, color: 0xff0000 } },
      right: { class_type: 'EmptyImage', inputs: { width: 2, height: 3, batch_size: 1, color: 0x0000ff } },
      pair: { class_type: 'ImageBatch', inputs: { image1: ['left', 0], image2: ['right', 0] } },
      mirror: {
        class_type: 'ExampleMirrorImage',
        inputs: { image: ['pair', 0], axis: 'top-bottom', keep_original: true },
      },
      save: { class_type: 'SaveImage', inputs: { images: ['mirror', 0], filename_prefix: 'mirrored' } },
    };
    const { status } = await waitForHistory(url, await submit(url, graph));
    expect(status).toMatchObject({ status_str: 'success' });
    const colours = [1, 2, 3, 4].map(async (number) => {
      const { rgb } = decodePng(await readFile(join(outputDirectory, `mirrored_0000${number}_.png`)));
      return [...rgb.subarray(0, 3)];
    });
    expect(await Promise.all(colours)).toEqual([
      [255, 0, 0],
      [0, 0, 255],
      [255, 0, 0],
      [0, 0, 255],
    ]);
  });

  it('cannot take the name of a built-in class', async () => {
    await expect(openTestServer({ nodes: [{ ...mirrorImage, classType: 'KSampler' }] })).rejects.toMatchObject({
      code: 'EMBEDDED_BAD_OPTION',
    });
  });
});
