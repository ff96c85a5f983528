import { expect, test } from 'vitest';

import { rewriteAddress } from './rewrite-address.js';

test.each([
  ['/api/experiments/7/metrics/a/b/append-batch', '/api/experiments/7/metrics/a%2Fb/append-batch'],
  ['/api/experiments/7/metrics/a%2Fb/data?limit=3', '/api/experiments/7/metrics/a%2Fb/data?limit=3'],
  ['/api/experiments/7/metrics/data/data', '/api/experiments/7/metrics/data/data'],
  ['/api/experiments/7/metrics/a/chunks/0', '/api/experiments/7/metrics/a/chunks/0'],
  ['/api/experiments/7/tracks/robot/arm/append_batch', '/api/experiments/7/tracks/robot%2Farm/append_batch'],
  ['/api/v1/experiment/3/tag/train/loss', '/api/v1/experiment/3/tag/train%2Floss'],
  ['/compat/swanlab/p/api/v1/experiment/3/tag/a/b/c?x=/', '/compat/swanlab/p/api/v1/experiment/3/tag/a%2Fb%2Fc?x=/'],
])('%s is served as %s', (given, served) => {
  expect(rewriteAddress(given)).toBe(served);
});

test.each([
  '/api/experiments/7/metrics',
  '/api/v1/experiment/3/chart',
  '/api/v1/run/3',
  '/',
  '/api/v1/dataset/?q=/api/experiments/1/metrics/a/b/data',
])('%s stays as it is', (url) => {
  expect(rewriteAddress(url)).toBe(url);
});
