import { expect, test } from 'vitest';
import { loadSqlJs } from '../sqlite/fixture-files.ts';
import { warmUpOpencodeDb } from './warm-up.ts';

test('the database of the warm-up is read, all of it and some of it by turns', async () => {
  await expect(warmUpOpencodeDb({ loadSqlJs }, new AbortController().signal)).resolves.toBe(3 * (1_000 + 750));
});

test('the warm-up ends when something real begins', async () => {
  const real = new AbortController();
  const warmUp = warmUpOpencodeDb({ loadSqlJs }, real.signal);
  real.abort();
  await expect(warmUp).resolves.toBe(0);
});
