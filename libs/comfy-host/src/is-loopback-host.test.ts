import { describe, expect, it } from 'vitest';
import { isLoopbackHost } from './is-loopback-host.ts';

describe('isLoopbackHost', () => {
  it.each([
    'http://127.0.0.1:8188',
    'http://localhost',
    'http://LOCALHOST:1',
    'http://comfy.localhost',
    'http://[::1]:8188',
    'http://127.1',
    'http://2130706433',
    'http://[::ffff:127.0.0.1]',
  ])('is true for %s', (url) => {
    expect(isLoopbackHost(new URL(url).hostname)).toBe(true);
  });

  it.each([
    'http://192.168.1.4',
    'http://0.0.0.0',
    'http://[::]',
    'http://localhost.evil.example',
    'http://127.0.0.1.nip.io',
    'http://[fe80::1]',
    'http://evil-localhost',
    'http://[::ffff:10.0.0.1]',
  ])('is false for %s', (url) => {
    expect(isLoopbackHost(new URL(url).hostname)).toBe(false);
  });
});
