import { expect, test } from 'vitest';
import { Told } from './told.ts';

test('everything at first, then what was told since, each path once', () => {
  const told = new Told();
  told.add([['early.jsonl']]);
  expect(told.take()).toBeNull();
  expect(told.take()).toEqual([]);
  told.add([['p', 'a.jsonl'], ['p']]);
  told.add([['p', 'a.jsonl']]);
  expect(told.take()).toEqual([['p', 'a.jsonl'], ['p']]);
  expect(told.take()).toEqual([]);
});

test('a look that failed gives back what it took, beside what was told meanwhile', () => {
  const told = new Told();
  told.take();
  told.add([['a.jsonl']]);
  const taken = told.take();
  told.add([['b.jsonl']]);
  told.add(taken);
  expect(told.take()).toEqual([['b.jsonl'], ['a.jsonl']]);
});

test('everything stays everything, whatever else is told', () => {
  const told = new Told();
  told.take();
  told.add(null);
  told.add([['a.jsonl']]);
  expect(told.take()).toBeNull();
  told.add([['b.jsonl']]);
  told.add(null);
  expect(told.take()).toBeNull();
});

test('more paths than can be worth it are everything', () => {
  const told = new Told();
  told.take();
  told.add(Array.from({ length: 1_001 }, (_, at) => [`${at}.jsonl`]));
  expect(told.take()).toBeNull();
  expect(told.take()).toEqual([]);
});
