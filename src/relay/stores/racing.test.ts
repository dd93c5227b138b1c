import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openVaultFiles } from './files.ts';
import { COUNTERS, readCounter } from './fixture-racer.ts';
import { hasPostgres, startPostgres } from './postgres/fixture-postgres.ts';
import { openVaultDatabase } from './postgres/postgres.ts';
import type { VaultStore } from './vault-store.ts';

const RACER = fileURLToPath(new URL('fixture-racer.ts', import.meta.url));
const INCREMENTS = 10_000;
const VAULT = 'ab'.repeat(32);
/** In memory where the system has such a place: this is not about disks. */
const QUICK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

describe('of 10,000 increments by two processes none is lost', () => {
  test('in one folder', async () => {
    const folder = await mkdtemp(join(QUICK, 'dramatis-race-'));
    try {
      expect(await race('files', folder, openVaultFiles(folder))).toBe(INCREMENTS);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 600_000);

  test.skipIf(!hasPostgres)(
    'in one database',
    async () => {
      const postgres = await startPostgres();
      try {
        const url = await postgres.database();
        expect(await race('postgres', url, await openVaultDatabase({ url }))).toBe(INCREMENTS);
      } finally {
        await postgres.stop();
      }
    },
    600_000,
  );
});

/** Gives what the counters sum up to. */
async function race(kind: string, place: string, store: VaultStore): Promise<number> {
  const vault = await store.create(VAULT, new Uint8Array(32));
  const conflicts = await Promise.all(['a', 'b'].map((name) => runRacer(kind, place, name)));
  const counts = await Promise.all(Array.from({ length: COUNTERS }, (_, at) => readCounter(store, vault, `c${at}`)));
  await store.close();
  if (Math.min(...conflicts) === 0) throw new Error('the two did not meet');
  return counts.flatMap(({ counter }) => Object.values(counter)).reduce((sum, each) => sum + each, 0);
}

async function runRacer(kind: string, place: string, name: string): Promise<number> {
  const args = ['--import', 'tsx', RACER, kind, place, VAULT, name, String(INCREMENTS / 2)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`a racer ended with ${child.exitCode}`);
  return Number(said);
}
