import { BasePipe, Client, type EnqueueOptions, Workflow } from '@stable-canvas/comfyui-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { decodePng } from './decode-png.ts';
import { openTestServer } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

/** The client of npm's @stable-canvas/comfyui-client, connected to a server of ours. */
async function connectedClient(): Promise<Client> {
  const { port } = await openTestServer();
  const client = new Client({ api_host: `127.0.0.1:${port}`, WebSocket, fetch });
  onTestFinished(() => {
    client.close();
  });
  await client.connect();
  return client;
}

const modelFile = 'arithmetic.safetensors';

describe('@stable-canvas/comfyui-client', () => {
  it('draws from a graph and hands out the file', async () => {
    const client = await connectedClient();
    const steps: string[] = [];
    const options: EnqueueOptions = { progress: ({ value, max }) => steps.push(`${value}/${max}`) };
    const output = await client.enqueue(textToImageGraph({ steps: 3 }), options);
    expect(steps).toEqual(['1/3', '2/3', '3/3']);
    expect(output.images).toHaveLength(1);
    const [image] = output.images;
    const url = image?.type === 'url' ? image.data : '';
    expect(url).toContain('filename=sprite_00001_.png');
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(decodePng(bytes)).toMatchObject({ width: 64, height: 64 });
  });

  it('draws by polling, without events', async () => {
    const client = await connectedClient();
    const output = await client.enqueue_polling(textToImageGraph({ seed: 7 }));
    expect(output.images).toHaveLength(1);
  });

  it('draws a workflow built with its node classes, batch of two', async () => {
    const client = await connectedClient();
    const workflow = new Workflow();
    const nodes = workflow.classes;
    const [model, clip, vae] = nodes.CheckpointLoaderSimple({ ckpt_name: modelFile });
    const [positive] = nodes.CLIPTextEncode({ text: 'a red bird', clip: clip! });
    const [negative] = nodes.CLIPTextEncode({ text: '', clip: clip! });
    const [latent] = nodes.EmptyLatentImage({ width: 64, height: 64, batch_size: 2 });
    const [samples] = nodes.KSampler({
      model,
      seed: 5,
      steps: 2,
      cfg: 4,
      sampler_name: 'dpmpp_2m',
      scheduler: 'karras',
      positive,
      negative,
      latent_image: latent,
      denoise: 1,
    });
    const [images] = nodes.VAEDecode({ samples, vae });
    nodes.SaveImage({ images, filename_prefix: 'built' });
    const output = await workflow.invoke(client);
    expect(output.images).toHaveLength(2);
  });

  it('draws through its pipeline', async () => {
    const client = await connectedClient();
    const pipe = new BasePipe()
      .with(client)
      .model(modelFile)
      .prompt('a blue sword')
      .negative('')
      .size(64, 64)
      .steps(2)
      .cfg(5)
      .sampler('euler')
      .scheduler('normal')
      .save('piped');
    const { images } = await pipe.wait();
    expect(images).toHaveLength(1);
  });

  it('reads models, samplers and schedulers', async () => {
    const client = await connectedClient();
    expect(await client.getSDModels()).toEqual([modelFile]);
    expect(await client.getSamplers()).toEqual(['euler', 'euler_ancestral', 'dpmpp_2m']);
    expect(await client.getSchedulers()).toEqual(['simple', 'karras', 'normal']);
    expect((await client.getSystemStats()).devices[0]?.name).toBe('cpu');
  });

  it('learns what is wrong with a graph', async () => {
    const client = await connectedClient();
    await expect(client.enqueue(textToImageGraph({ checkpoint: 'absent.safetensors' }))).rejects.toThrow();
  });
});
