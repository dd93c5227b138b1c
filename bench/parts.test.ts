import { expect, test } from 'vitest';
import { withPart } from './parts.ts';

test('a part is written in its place and the others stay', () => {
  const one = withPart('# Benchmarks\n', 'a', 'first');
  const two = withPart(one, 'b', 'second');
  expect(withPart(two, 'a', 'third')).toBe(two.replace('first', 'third'));
  expect(withPart(withPart(two, 'a', 'x'), 'a', 'first')).toBe(two);
});
