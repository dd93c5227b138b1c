import { expect, test } from 'vitest';
import { loadSqlJs } from '../sqlite/fixture-files.ts';
import { warmUpOpencodeDb } from './warm-up.ts';

test('the database of the warm-up can be opened and listed', async () => {
  await expect(warmUpOpencodeDb({ loadSqlJs })).resolves.toBeUndefined();
});
