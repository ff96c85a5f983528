import { expect, test } from 'vitest';

import { leavesOf, mergedTree, replacedTree, type Tree } from './param-tree.js';

const leaves = (tree: Tree): unknown => Object.fromEntries(leavesOf(tree));

test('dotted keys nest, lists and empty objects are leaves', () => {
  const tree = mergedTree({ a: { b: 1 } }, { 'a.c': [1, 2], d: { e: { f: null } }, g: {} });
  expect(tree).toEqual({ a: { b: 1, c: [1, 2] }, d: { e: { f: null } }, g: {} });
  expect(leaves(tree)).toEqual({ 'a.b': 1, 'a.c': [1, 2], 'd.e.f': null, g: {} });
});

test('keys that do not nest in one another lose nothing', () => {
  const through = mergedTree({ a: 1 }, { 'a.b': 2, 'a.c.d': 3 });
  expect(leaves(through)).toEqual({ a: 1, 'a.b': 2, 'a.c.d': 3 });
  const covering = mergedTree({ a: { b: 2, c: { d: 3 } } }, { a: 1 });
  expect(leaves(covering)).toEqual({ a: 1, 'a.b': 2, 'a.c.d': 3 });
  expect(leaves(mergedTree(covering, { 'a.c.d': 4, a: 5 }))).toEqual({ a: 5, 'a.b': 2, 'a.c.d': 4 });
});

test('a key with dots is known again', () => {
  expect(mergedTree({ 'a.b': 1 }, { 'a.b': 2 })).toEqual({ 'a.b': 2 });
  expect(mergedTree({ 'a.b': { c: 1 } }, { 'a.b.c': 2 })).toEqual({ 'a.b': { c: 2 } });
});

test('a subtree is put in place of what was there', () => {
  const tree = { hparams: { lr: 1, old: true }, x: 1 };
  expect(replacedTree(tree, ['hparams'], { lr: 2 })).toEqual({ hparams: { lr: 2 }, x: 1 });
  expect(replacedTree(tree, ['x', 'y'], 3)).toEqual({ hparams: { lr: 1, old: true }, x: { y: 3 } });
  expect(replacedTree(tree, [], { fresh: 1 })).toEqual({ fresh: 1 });
});

test('a prototype is never touched', () => {
  const evil = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}') as Tree;
  for (const tree of [
    mergedTree({}, evil),
    mergedTree({}, { '__proto__.polluted': 1 }),
    replacedTree({}, ['__proto__', 'polluted'], 1),
  ]) {
    expect(leavesOf(tree).get('__proto__.polluted')).toBe(1);
    expect(JSON.stringify(tree)).toContain('"__proto__":{"polluted":1}');
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
