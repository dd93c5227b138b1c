import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runHere, TestHome } from './fixture-cli.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);

let home: TestHome;
let other: TestHome;

beforeEach(async () => {
  [home, other] = [await TestHome.make(), await TestHome.make()];
  await home.addSample(NOW);
  await runHere('import', '--opencode', home.dataFolder, '--data-dir', home.stateFolder);
});

afterEach(async () => {
  await Promise.all([home.remove(), other.remove()]);
});

function state(of: TestHome, ...argv: readonly string[]) {
  return runHere('state', ...argv, '--data-dir', of.stateFolder);
}

describe('a backup', () => {
  test('says first what it would replace, and brings everything back when told to', async () => {
    const file = join(home.path, 'dramatis.json');
    expect((await state(home, '--export', file)).code).toBe(0);
    const preview = await state(other, '--restore', file);
    expect(preview.out).toMatch(/It would replace: 0 personas with 0 messages, 0 sessions. To do it, add --yes/);
    expect((await state(other, '--json')).out).toContain('"messages": 0');
    expect((await state(other, '--restore', file, '--yes')).out).toContain('It replaced');
    const kept = (out: string): string | undefined => /"messages": \d+/.exec(out)?.[0];
    const [mine, theirs] = await Promise.all([state(home, '--json'), state(other, '--json')]);
    expect(kept(theirs.out)).toBe(kept(mine.out));
    expect(kept(theirs.out)).not.toBe('"messages": 0');
  });

  test('is never written over a file that is there', async () => {
    const file = join(home.path, 'precious.json');
    await writeFile(file, 'precious');
    const { code, err } = await state(home, '--export', file);
    expect(code).toBe(1);
    expect(err).toContain('could not be written');
    expect(await readFile(file, 'utf8')).toBe('precious');
  });

  test('that is no backup is refused', async () => {
    const file = join(home.path, 'notes.txt');
    await writeFile(file, 'hello');
    const { code, err } = await state(home, '--restore', file, '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('not a backup')]);
  });
});

test('state --verify says that all can be read', async () => {
  expect((await state(home, '--verify')).out).toMatch(/^Whole: 3 personas and \d+ sessions can be read/);
});
