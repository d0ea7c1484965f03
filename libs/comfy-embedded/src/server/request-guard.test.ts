import { expect, it } from 'vitest';
import { isAllowedRequest } from './request-guard.ts';

it.each([
  [{ host: '127.0.0.1:8188' }, true],
  [{ host: 'localhost' }, true],
  [{ host: 'LOCALHOST:1' }, true],
  [{ host: '[::1]:8188' }, true],
  [{}, false],
  [{ host: '' }, false],
  [{ host: 'evil.example' }, false],
  [{ host: 'localhost.evil.example:8188' }, false],
  [{ host: '127.0.0.1@evil.example' }, false],
  [{ host: '10.0.0.1:8188' }, false],
  [{ host: '127.0.0.1:8188', origin: 'http://127.0.0.1:8188' }, true],
  [{ host: '127.0.0.1:8188', origin: 'http://127.0.0.1:9999' }, false],
  [{ host: '127.0.0.1:8188', origin: 'http://localhost:8188' }, false],
  [{ host: '127.0.0.1:8188', origin: 'https://127.0.0.1:8188' }, false],
  [{ host: '127.0.0.1:8188', origin: 'http://evil.example' }, false],
  [{ host: '127.0.0.1:8188', origin: 'null' }, false],
  [{ host: '127.0.0.1:8188', origin: '' }, false],
  [{ host: '127.0.0.1:8188', 'sec-fetch-site': 'cross-site' }, false],
  [{ host: '127.0.0.1:8188', 'sec-fetch-site': 'same-origin' }, true],
])('judges %j', (headers, allowed) => {
  expect(isAllowedRequest(headers)).toBe(allowed);
});
