// @ts-check
// Requests without files.
import { faultOfClient, get, noTraceback, post, refuseEarly } from './route-request.mjs';

/** @typedef {import('./route-request.mjs').RouteRequest} RouteRequest */

/** @param {Record<string, unknown>} inputs */
const saved = (inputs) => ({
  latent: { class_type: 'EmptyLatentImage', inputs },
  decoder: { class_type: 'VAEDecode', inputs: { samples: ['latent', 0], vae: ['latent', 0] } },
  save: { class_type: 'SaveImage', inputs: { images: ['decoder', 0], filename_prefix: 'x' } },
});
const size = { width: 64, height: 64, batch_size: 1 };

/** What a server tells about itself, and whom it answers. @returns {readonly RouteRequest[]} */
export function describingRequests() {
  return [
    get('features', '/features'),
    get('features with prefix', '/api/features'),
    get('system stats', '/system_stats', { deviation: 'Python’s members are null, model_sha256 is added' }),
    get('models', '/models', { deviation: 'the list is that of a server without custom nodes' }),
    get('loras', '/models/loras'),
    get('configs', '/models/configs'),
    get('vae', '/models/vae'),
    get('unknown model folder', '/models/bogus'),
    get('embeddings', '/embeddings'),
    get('metadata without file', '/view_metadata/loras'),
    get('metadata of an absent file', '/view_metadata/loras?filename=absent.safetensors'),
    get('metadata of another format', '/view_metadata/loras?filename=x.ckpt'),
    get('metadata in an unknown folder', '/view_metadata/bogus?filename=x.safetensors'),
    get('one class', '/object_info/SaveImage', { deviation: 'own prose instead of tooltips' }),
    get('unknown class', '/object_info/Bogus'),
    get('users', '/users'),
    get('settings', '/settings'),
    get('a setting', '/settings/Comfy.Absent'),
    get('user data without folder', '/userdata'),
    get('user data of an absent folder', '/userdata?dir=workflows'),
    get('user data outside', '/userdata?dir=..'),
    get('absent user file', '/userdata/absent.json'),
    get('user data, second version', '/v2/userdata'),
    get('extensions', '/extensions', { deviation: 'no web client' }),
    get('workflow templates', '/workflow_templates'),
    get('translations', '/i18n'),
    get('log', '/internal/logs'),
    get('raw log', '/internal/logs/raw'),
    get('log with prefix', '/api/internal/logs'),
    {
      ...get('log subscription', '/internal/logs/subscribe'),
      method: 'PATCH',
      json: { clientId: 'absent', enabled: true },
    },
    get('jobs', '/api/jobs'),
    get('unknown path', '/bogus'),
    get('page of the web client', '/', { deviation: 'no web client' }),
    post('post to an unknown path', '/bogus', {}, { deviation: '404 instead of 405' }),
    post('post to a path for reading', '/system_stats', {}),
    { ...get('options', '/prompt'), method: 'OPTIONS' },
    { ...get('head', '/features'), method: 'HEAD' },
    get('another origin', '/prompt', { headers: { Origin: 'http://evil.example' } }),
    get('no origin', '/prompt', { headers: { Origin: 'null' }, deviation: 'sandboxed pages are kept out' }),
    get('a cross-site page', '/prompt', {
      headers: { 'Sec-Fetch-Site': 'cross-site' },
      deviation: 'kept out, as in later releases',
    }),
  ];
}

/** Queue, history and control. @returns {readonly RouteRequest[]} */
export function queueRequests() {
  return [
    get('queue length', '/prompt'),
    get('queue', '/queue'),
    get('queue with prefix', '/api/queue'),
    post('clear the queue', '/queue', { clear: true }),
    post('delete from the queue', '/queue', { delete: ['absent'] }),
    post('nothing to the queue', '/queue', {}),
    post('queue without body', '/queue', undefined, { deviation: faultOfClient }),
    post('queue with bad JSON', '/queue', undefined, { text: '{', deviation: faultOfClient }),
    get('history', '/history', { open: true }),
    get('history of one', '/history?max_items=1', { open: true }),
    get('history from an offset', '/history?max_items=1&offset=0', { open: true }),
    get('history of nonsense', '/history?max_items=x', { deviation: faultOfClient }),
    get('history of an unknown prompt', '/history/absent'),
    post('clear history', '/history', { clear: true }),
    post('delete from history', '/history', { delete: ['absent'] }),
    post('interrupt while idle', '/interrupt', undefined),
    post('interrupt an unknown prompt', '/interrupt', { prompt_id: 'absent' }),
    post('interrupt with bad JSON', '/interrupt', undefined, { text: '{', deviation: faultOfClient }),
    post('free', '/free', { unload_models: true, free_memory: true }),
    post('free nothing', '/free', {}),
    post('free without body', '/free', undefined, { deviation: faultOfClient }),
  ];
}

/** Prompts with faults, of node classes that both servers have. @returns {readonly RouteRequest[]} */
export function promptRequests() {
  const prompt = (/** @type {string} */ name, /** @type {unknown} */ value, more = {}) =>
    post(`prompt: ${name}`, '/prompt', { prompt: value }, more);
  return [
    post('prompt: none', '/prompt', {}),
    post('prompt: bad JSON', '/prompt', undefined, { text: '{"prompt": {', deviation: faultOfClient }),
    post('prompt: number that is none', '/prompt', { prompt: {}, number: 'x' }, { deviation: faultOfClient }),
    prompt('empty', {}),
    prompt('unknown class', { a: { class_type: 'Bogus', inputs: {} } }),
    prompt('no class', { a: { inputs: {} } }),
    prompt('no output', { a: { class_type: 'EmptyLatentImage', inputs: size } }),
    prompt('link of the wrong type', saved(size)),
    prompt('missing input', { a: { class_type: 'SaveImage', inputs: {} } }),
    prompt('bad link', { a: { class_type: 'SaveImage', inputs: { images: ['a'], filename_prefix: 'x' } } }),
    prompt(
      'link to nowhere',
      { a: { class_type: 'SaveImage', inputs: { images: ['b', 0], filename_prefix: 'x' } } },
      { deviation: noTraceback },
    ),
    prompt('no inputs', { a: { class_type: 'SaveImage' } }, { deviation: noTraceback }),
    prompt(
      'value for a link',
      { a: { class_type: 'SaveImage', inputs: { images: 5, filename_prefix: 'x' } } },
      { deviation: refuseEarly },
    ),
    prompt('too small', saved({ ...size, width: 1 })),
    prompt('too big', saved({ ...size, batch_size: 100000 })),
    prompt('no number', saved({ ...size, width: 'x' })),
    prompt('text as number', saved({ ...size, width: '64' })),
    prompt('targets', { a: { class_type: 'SaveImage', inputs: {} } }),
  ];
}
