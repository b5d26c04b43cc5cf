import { expect, test } from 'vitest';
import { parseHttpAddress } from '../../src/server/http-address.ts';

test.each([
  ['9464', { host: '127.0.0.1', port: 9464 }],
  ['0', { host: '127.0.0.1', port: 0 }],
  ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
  ['localhost:80', { host: 'localhost', port: 80 }],
  ['[::1]:9464', { host: '::1', port: 9464 }],
  ['65536', undefined],
  ['::1:9464', undefined],
  ['http://127.0.0.1:9464', undefined],
  ['127.0.0.1', undefined],
  ['', undefined],
])('%s', (text, address) => {
  expect(parseHttpAddress(text)).toEqual(address);
});
