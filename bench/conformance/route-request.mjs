// @ts-check

/**
 * @typedef {object} RouteRequest
 * @property {string} name
 * @property {string} [method] GET if absent.
 * @property {string} path
 * @property {unknown} [json]
 * @property {string} [text] A body that is no JSON.
 * @property {Record<string, string | { name: string, bytes: Uint8Array }>} [form]
 * @property {Record<string, string>} [headers]
 * @property {boolean} [open] Names of the answer's members are data.
 * @property {string} [deviation]
 */

/** Reasons that several requests share. */
export const faultOfClient = "a client's fault is a 4xx";
export const refuseEarly = 'refused before it is queued';
export const noTraceback = 'tracebacks show paths of the host';

/** @param {string} name @param {string} path @param {Partial<RouteRequest>} [more] @returns {RouteRequest} */
export const get = (name, path, more = {}) => ({ name, path, ...more });
/** @param {string} name @param {string} path @param {unknown} json @param {Partial<RouteRequest>} [more] @returns {RouteRequest} */
export const post = (name, path, json, more = {}) => ({ name, path, method: 'POST', json, ...more });
