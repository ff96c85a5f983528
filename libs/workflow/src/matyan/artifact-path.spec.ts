import { describe, expect, it } from 'vitest';

import { artifactPath, pathOfKey } from './artifact-path.js';
import { nested } from './project.js';
import { projectOfToken, readToken, signToken } from './signed-token.js';

describe('a path of a file', () => {
  it.each([
    ['a', 'a'],
    ['/a//b/./c', 'a/b/c'],
    ['a\\b', 'a/b'],
    ['seq/train/loss/0.png', 'seq/train/loss/0.png'],
    ['.hidden/ü 1', '.hidden/ü 1'],
    ['a..b/...', 'a..b/...'],
  ])('%j is %j', (given, path) => {
    expect(artifactPath(given)).toBe(path);
  });

  it.each(['', '/', '.', '..', 'a/../b', '..\\x', 'a\0', 'a\nb', '\ud800', `a/${'x'.repeat(256)}`])(
    '%j is none',
    (given) => {
      expect(() => artifactPath(given)).toThrow(expect.objectContaining({ code: 'artifact-path-invalid' }));
    },
  );

  it('is what follows the run in a key', () => {
    expect(pathOfKey('r1', 'r1/seq/a/0.png')).toBe('seq/a/0.png');
    expect(pathOfKey('r1', 'r2/seq/a/0.png')).toBe('r2/seq/a/0.png');
    expect(() => pathOfKey('r1', 'r1/../r2/x')).toThrow(expect.objectContaining({ code: 'artifact-path-invalid' }));
  });
});

describe('a signed token', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const token = signToken('put', 7, key, { path: 'a' });

  it('is read with its own key, for its own purpose and project', () => {
    expect(projectOfToken(token)).toBe(7);
    expect(readToken('put', 7, key, token)).toEqual({ path: 'a' });
    expect(readToken('get', 7, key, token)).toBeUndefined();
    expect(readToken('put', 8, key, token)).toBeUndefined();
    expect(readToken('put', 7, other, token)).toBeUndefined();
  });

  it('is of one spelling only', () => {
    for (let at = 2; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect([at, readToken('put', 7, key, changed)]).toEqual([at, undefined]);
    }
    for (const text of ['', '7', '7.', '7..', '7.x.y', 'x.y.z', `${token}.`, `${token}=`]) {
      const read = text === `${token}.` ? undefined : readToken('put', 7, key, text);
      expect([text, read]).toEqual([text, undefined]);
    }
    expect(projectOfToken('9999999999.x.y')).toBeUndefined();
  });
});

describe('parameters of many runs as one tree', () => {
  it('nest, keep odd names, and leave out what is hidden', () => {
    const leaves = { 'a.b': 1, 'a.c': 2, d: 3, '__system_params.cpu': 4, '__blobs__.x': 5, '__proto__.e': 6 };
    const tree = nested(leaves);
    expect(tree).toEqual({ a: { b: 1, c: 2 }, d: 3, ['__proto__']: { e: 6 } });
    expect(({} as { e?: number }).e).toBeUndefined();
  });

  it('are branches where one run has a leaf and another a branch', () => {
    expect(nested({ a: 1, 'a.b': 2 })).toEqual({ a: { b: 2 } });
    expect(nested({ 'a.b': 2, a: 1 })).toEqual({ a: { b: 2 } });
  });
});
