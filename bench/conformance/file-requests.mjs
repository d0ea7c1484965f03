// @ts-check
// Requests about files: uploads, masks and views.
import { faultOfClient, get, post } from './route-request.mjs';

/** @typedef {import('./route-request.mjs').RouteRequest} RouteRequest */

/**
 * @param {{ picture: Uint8Array, small: Uint8Array }} pictures PNG files of two sizes.
 * @param {string} tag Makes file names of this run its own.
 * @returns {readonly RouteRequest[]}
 */
export function fileRequests({ picture, small }, tag) {
  const file = (/** @type {string} */ name, bytes = picture) => ({ name: `${tag}-${name}`, bytes });
  const other = Buffer.concat([picture, Buffer.from('more')]);
  return [
    post('upload', '/upload/image', undefined, { form: { image: file('a.png') } }),
    post('upload the same again', '/upload/image', undefined, { form: { image: file('a.png') } }),
    post('upload another under that name', '/upload/image', undefined, { form: { image: file('a.png', other) } }),
    post('upload and replace', '/upload/image', undefined, {
      form: { image: file('a.png', other), overwrite: 'true' },
    }),
    post('upload into a subfolder', '/upload/image', undefined, {
      form: { image: file('b.png'), subfolder: 'sub/deeper', type: 'temp' },
    }),
    post('upload to output', '/upload/image', undefined, { form: { image: file('c.png'), type: 'output' } }),
    post('upload with a unicode name', '/upload/image', undefined, { form: { image: file('ünï 漢.png') } }),
    post('upload of a page', '/upload/image', undefined, {
      form: { image: file('page.html', Buffer.from('<script>')) },
    }),
    post('upload of an unknown type', '/upload/image', undefined, {
      form: { image: file('a.png'), type: 'bogus' },
      deviation: faultOfClient,
    }),
    post('upload climbing out', '/upload/image', undefined, {
      form: { image: file('a.png'), subfolder: '..' },
      deviation: '400 with a reason',
    }),
    post('upload to an absolute subfolder', '/upload/image', undefined, {
      form: { image: file('a.png'), subfolder: '/etc' },
      deviation: '400 with a reason',
    }),
    post('upload without a file', '/upload/image', undefined, {
      form: { other: file('a.png') },
      deviation: '400 with a reason',
    }),
    post('upload of a text', '/upload/image', undefined, { form: { image: 'text' }, deviation: faultOfClient }),
    post('upload without a form', '/upload/image', {}, { deviation: '400 with a reason' }),
    post('upload that is no form', '/upload/image', undefined, {
      text: 'garbage',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      deviation: faultOfClient,
    }),
    ...masking(tag, file('mask.png'), { name: `${tag}-small.png`, bytes: small }),
    get('view of an upload', `/view?filename=${tag}-a.png&type=input`),
    get('view by annotation', `/view?filename=${tag}-a.png%20%5Binput%5D`),
    get('view by annotation without space', `/view?filename=${tag}-a.png%5Binput%5D`),
    get('view in a subfolder', `/view?filename=${tag}-b.png&type=temp&subfolder=sub/deeper`),
    get('view of a page', `/view?filename=${tag}-page.html&type=input`),
    get('view as rgb', `/view?filename=${tag}-a.png&type=input&channel=rgb`),
    get('view of alpha', `/view?filename=${tag}-a.png&type=input&channel=a`),
    get('view of an unknown channel', `/view?filename=${tag}-a.png&type=input&channel=x`),
    get('view as webp', `/view?filename=${tag}-a.png&type=input&preview=webp;90`),
    get('view as jpeg', `/view?filename=${tag}-a.png&type=input&preview=jpeg;50`),
    get('view without name', '/view'),
    get('view of an empty name', '/view?filename='),
    get('view of an absent file', '/view?filename=absent.png'),
    get('view of an absent input', '/view?filename=absent.png&type=input'),
    get('view climbing out', '/view?filename=../x.png'),
    get('view of an absolute name', '/view?filename=/etc/passwd'),
    get('view of an unknown type', '/view?filename=x.png&type=bogus'),
    get('view in a subfolder outside', '/view?filename=x.png&subfolder=..'),
    get('view of a folder', '/view?filename=sub&type=temp'),
  ];
}

/**
 * @param {string} tag @param {{ name: string, bytes: Uint8Array }} image @param {{ name: string, bytes: Uint8Array }} small
 * @returns {readonly RouteRequest[]}
 */
function masking(tag, image, small) {
  const reference = (/** @type {Record<string, string>} */ members) =>
    JSON.stringify({ filename: `${tag}-a.png`, type: 'input', ...members });
  const mask = (/** @type {string} */ name, /** @type {string} */ original_ref, more = {}) =>
    post(`mask: ${name}`, '/upload/mask', undefined, { form: { image, original_ref }, ...more });
  const silent = '400 instead of 200 for a file that is not written';
  return [
    mask('of a picture', reference({ subfolder: '' })),
    get('mask: the picture', `/view?filename=${tag}-mask.png&type=input`),
    mask('by annotation', JSON.stringify({ filename: `${tag}-a.png [input]` })),
    mask('of an absent picture', reference({ filename: 'absent.png' }), {
      form: { image: { ...image, name: 'x.png' }, original_ref: reference({ filename: 'absent.png' }) },
      deviation: silent,
    }),
    mask('of a picture outside', reference({ filename: '../x.png' }), {
      form: { image: { ...image, name: 'y.png' }, original_ref: reference({ filename: '../x.png' }) },
      deviation: silent,
    }),
    mask('of an unknown type', reference({ type: 'bogus' }), {
      form: { image: { ...image, name: 'z.png' }, original_ref: reference({ type: 'bogus' }) },
      deviation: silent,
    }),
    mask('with a broken reference', '{', { deviation: faultOfClient }),
    post('mask: no reference', '/upload/mask', undefined, { form: { image }, deviation: faultOfClient }),
    post('mask: of another size', '/upload/mask', undefined, {
      form: { image: small, original_ref: reference({}) },
      deviation: faultOfClient,
    }),
  ];
}
