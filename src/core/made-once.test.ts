import { expect, test } from 'vitest';
import { MadeOnce } from './made-once.ts';

test('all who ask get what was made for the first', async () => {
  const once = new MadeOnce<number>();
  let made = 0;
  const make = async () => (made += 1);
  expect(await Promise.all([once.get(make), once.get(make)])).toEqual([1, 1]);
  expect(await once.get(make)).toBe(1);
});

test('a failure is for those who asked until then, and made again after that', async () => {
  const once = new MadeOnce<string>();
  const fail = () => Promise.reject(new Error('cancelled'));
  const both = await Promise.allSettled([once.get(fail), once.get(async () => 'other')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await once.get(async () => 'made')).toBe('made');
});
