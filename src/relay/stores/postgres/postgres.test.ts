import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../../fixture-relay.ts';
import { storeSuite } from '../fixture-store.ts';
import { type Change, StoreUnsure, type VaultStore } from '../vault-store.ts';
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

  test('a database that is away for a while is found again, by one connection that listens', async () => {
    const to = new URL(await postgres.database());
    const cable = new Cable(to);
    const through = new URL(to);
    through.port = String(await cable.plugIn());
    const store = await openVaultDatabase({ url: through.href });
    const vault = await store.create('e'.repeat(64), KEY);
    const heard: Change[] = [];
    store.listen(vault, (change) => heard.push(change));
    heard.length = 0;
    cable.cut();
    await expect(store.find(vault.name)).rejects.toThrow(StoreUnsure);
    await expect(store.check()).rejects.toThrow(StoreUnsure);
    await waitFor(() => cable.refused > 4, 'some tries');
    cable.isCut = false;
    await waitFor(() => heard.length > 0, 'the connection that listens');
    expect(heard).toEqual([{ kind: 'unknown' }]);
    expect(await store.find(vault.name)).toEqual(vault);
    const listening = "select count(*)::integer as count from pg_stat_activity where query like 'listen %'";
    expect(await asked(to.href, `${listening} and datname = current_database()`)).toEqual([{ count: 1 }]);
    await store.close();
    cable.close();
  });
});

/** What stands between a relay and its database, and can be cut. */
class Cable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  refused = 0;
  isCut = false;

  constructor(to: URL) {
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (this.isCut) {
        this.refused += 1;
        socket.destroy();
        return;
      }
      const onward = connect(Number(to.port), to.hostname);
      onward.on('error', () => undefined);
      for (const each of [socket, onward]) this.#sockets.add(each);
      socket.pipe(onward).pipe(socket);
      onward.on('close', () => socket.destroy());
      socket.on('close', () => onward.destroy());
    });
  }

  async plugIn(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

async function asked(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}
