import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../../fixture-relay.ts';
import { storeSuite } from '../fixture-store.ts';
import type { Change, VaultStore } from '../vault-store.ts';
import { hasPostgres, startPostgres, type TestPostgres } from './fixture-postgres.ts';
import { openVaultDatabase } from './postgres.ts';

const KEY = new Uint8Array(32).fill(7);

describe.skipIf(!hasPostgres)('on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let url: string;
  let stores: [VaultStore, VaultStore];

  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.database();
    stores = [await openVaultDatabase({ url }), await openVaultDatabase({ url })];
  }, 120_000);

  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await postgres.stop();
  });

  storeSuite('postgres', () => stores);

  test('many that start at once on an empty database set it up once', async () => {
    const fresh = await postgres.database();
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => openVaultDatabase({ url: fresh, connections: 1 })),
    );
    expect(await Promise.all(opened.map((store) => store.countVaults()))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    await Promise.all(opened.map((store) => store.close()));
  });

  test('a database that a newer relay set up is refused and left alone', async () => {
    const fresh = await postgres.database();
    await (await openVaultDatabase({ url: fresh })).close();
    await asked(fresh, 'insert into relay_schema values (1000)');
    await expect(openVaultDatabase({ url: fresh })).rejects.toThrow('newer relay');
  });

  test('a database that is not there is refused', async () => {
    const nowhere = new URL(url);
    nowhere.pathname = '/no_such_database';
    await expect(openVaultDatabase({ url: nowhere.href })).rejects.toThrow('no_such_database');
  });

  test('connections that the server ends are opened again, and listeners told that they may have missed something', async () => {
    const [one, other] = stores;
    const vault = await one.create('f'.repeat(64), KEY);
    const heard: Change[] = [];
    const stop = one.listen(vault, (change) => heard.push(change));
    heard.length = 0;
    await asked(url, 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
    await waitFor(() => heard.some(({ kind }) => kind === 'unknown'), 'the connection that listens');
    let written: string | null = null;
    await waitFor(async () => {
      // a connection of the pool may still have to be found dead
      const room = { bytes: 100, shards: 10 };
      const outcome = await other.put(vault, 'a', null, new Uint8Array([1]), room).catch(() => null);
      if (outcome?.kind === 'written') written = outcome.version;
      return written !== null;
    }, 'the pool');
    await waitFor(() => heard.some(({ kind }) => kind === 'shard'), 'the notice');
    expect(heard).toContainEqual({ kind: 'shard', shard: 'a', version: written });
    stop();
  });
});

async function asked(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}
