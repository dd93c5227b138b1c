import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holds } from '../../core/state/group-store-rules.ts';
import { openFileStore } from './file-store.ts';
import { groupsOfRound } from './fixture-committer.ts';

const COMMITTER = fileURLToPath(new URL('fixture-committer.ts', import.meta.url));
const KILLS = 12;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-crash-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs a process that commits rounds from `first` on, kills it at a random moment, and says which round was safe by then. */
async function commitUntilKilled(first: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', COMMITTER, folder, `${first}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const rounds = 1 + Math.floor(Math.random() * 4);
  let safe = first - 1;
  for await (const line of createInterface(child.stdout)) {
    safe = Number(line);
    if (safe < first + rounds) continue;
    const until = performance.now() + Math.random() * 12;
    while (performance.now() < until); // somewhere within the next commit
    child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return safe;
}

test('killed at any moment, the store holds one whole round, and none that was said to be safe is lost', async () => {
  let next = 1;
  for (let kill = 0; kill < KILLS; kill++) {
    const safe = await commitUntilKilled(next);
    expect(safe).toBeGreaterThan(next);
    const store = await openFileStore(folder);
    const found = Number((await store.read(['group/0'])).get('group/0')?.split(' ')[0]);
    expect([safe, safe + 1, safe + 2]).toContain(found);
    await expect(holds(store, groupsOfRound(found))).resolves.toBeUndefined();
    expect(await readdir(join(folder, 'groups'))).toHaveLength(groupsOfRound(found).size);
    next = found + 1;
  }
}, 120_000);
