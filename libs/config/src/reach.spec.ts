import { expect, it } from 'vitest';

import { checkReach, isLoopback } from './reach.js';

const here = ['localhost', 'LOCALHOST', '127.0.0.1', '127.9.9.9', '::1', '[::1]'];
const elsewhere = ['0.0.0.0', '::', '192.168.1.2', '127.0.0.1.evil.com', '1270.0.0.1'];

it('loopback is what only this machine reaches', () => {
  expect(here.every(isLoopback)).toBe(true);
  expect(elsewhere.some(isLoopback)).toBe(false);
});

it.each(elsewhere)('an address that others reach wants a token: %s', (host) => {
  expect(() => checkReach({ host, token: undefined })).toThrow(
    /^MILLRACE_TOKEN: required .* Set it to .* or MILLRACE_HOST to 127\.0\.0\.1\.$/,
  );
  expect(() => checkReach({ host, token: 'sixteen letters!' })).not.toThrow();
});

it.each(here)('this machine alone wants none: %s', (host) => {
  expect(() => checkReach({ host, token: undefined })).not.toThrow();
});
