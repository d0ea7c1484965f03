import { describe, expect, it } from 'vitest';

import { createComfyClient } from './client.ts';

describe('createComfyClient', () => {
  it('normalises the address and keeps a path prefix', () => {
    expect(createComfyClient({ url: 'HTTP://127.0.0.1:8188/' }).url).toBe('http://127.0.0.1:8188');
    expect(createComfyClient({ url: 'https://host/comfy/' }).url).toBe('https://host/comfy');
  });

  it.each(['', '127.0.0.1:8188', 'ftp://host', 'file:///etc/passwd', 'http://host/?a=1', 'http://host/#x', 'http://'])(
    'refuses %j',
    (url) => {
      expect(() => createComfyClient({ url })).toThrow(expect.objectContaining({ code: 'COMFY_URL_INVALID' }));
    },
  );

  it('refuses credentials without repeating them', () => {
    let message = '';
    try {
      createComfyClient({ url: 'http://ann:s3cret@host:8188' });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('credentials in the URL are not accepted');
    expect(message).not.toContain('s3cret');
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31])('refuses a timeout of %d ms', (requestTimeoutMs) => {
    expect(() => createComfyClient({ url: 'http://host', requestTimeoutMs })).toThrow(
      expect.objectContaining({ code: 'COMFY_OPTION_INVALID' }),
    );
  });
});
