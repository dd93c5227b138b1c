/**
 * Vaults in PostgreSQL, for any number of processes on any number of machines. A write compares and swaps in one statement, and
 * the database's own rules do the rest. Versions are random, so none comes again.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { Listeners } from '../listeners.ts';
import {
  type ChangeListener,
  type PutOutcome,
  type Quota,
  type RemoveOutcome,
  type ShardEntry,
  type StoredShard,
  StoreFull,
  StoreUnsure,
  type Vault,
  type VaultStore,
  type Version,
} from '../vault-store.ts';
import { Notices } from './notices.ts';
import { migrate } from './schema.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database` */
  readonly url: string;
  /** Connections of this process, beside the one that listens. Default: 10. */
  readonly connections?: number;
}

/** Connects, brings the schema up to date, and gives the store. Rejects when the database can't be reached or used. */
export async function openVaultDatabase({ url, connections = 10 }: PostgresOptions): Promise<VaultStore> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    application_name: 'dramatis-relay',
  });
  pool.on('error', () => undefined); // of a connection nobody uses: the next query opens another
  try {
    await migrate(pool);
    const store = new DatabaseVaults(pool, url);
    await store.open();
    return store;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** What others hold in a vault beside one shard, against its quota. */
const HELD = `with held as (
  select coalesce(sum(bytes), 0) as bytes, count(*) as shards from relay_shards where vault_id = $1 and name <> $2
)`;

class DatabaseVaults implements VaultStore {
  readonly #pool: pg.Pool;
  readonly #listeners = new Listeners();
  readonly #notices: Notices;
  readonly #process = randomUUID();

  constructor(pool: pg.Pool, url: string) {
    this.#pool = pool;
    this.#notices = new Notices({
      url,
      pool,
      heard: ({ from, name, generation, shard, version }) => {
        if (from !== this.#process) this.#tellHere({ name, generation }, shard, version);
      },
      gap: () => this.#listeners.tellAll({ kind: 'unknown' }),
    });
  }

  open(): Promise<void> {
    return this.#notices.open();
  }

  async find(name: string): Promise<Vault | null> {
    const [row] = await this.#query<VaultRow>('select id, key_hash from relay_vaults where name = $1', [name]);
    return row ? { name, generation: row.id, keyHash: row.key_hash } : null;
  }

  async create(name: string, keyHash: Uint8Array): Promise<Vault> {
    const made = 'insert into relay_vaults (name, key_hash) values ($1, $2) on conflict do nothing';
    await this.#query(made, [name, keyHash]);
    const vault = await this.find(name);
    if (vault === null) throw new StoreUnsure(); // deleted in this moment
    return vault;
  }

  async index(vault: Vault): Promise<readonly ShardEntry[] | null> {
    const rows = await this.#query<IndexRow>(
      `select shard.name, version, bytes from relay_vaults left join relay_shards shard on vault_id = id where id = $1
       order by shard.name collate "C"`,
      [vault.generation],
    );
    if (rows.length === 0) return null;
    return rows.flatMap(({ name, version, bytes }) => (name === null ? [] : [{ shard: name, version, bytes }]));
  }

  async read(vault: Vault, shard: string): Promise<StoredShard | null> {
    // bytes come as text anyway; as Base64 they cost half of what they do in hex
    const [row] = await this.#query<{ version: Version; body: string }>(
      "select version, encode(body, 'base64') as body from relay_shards where vault_id = $1 and name = $2",
      [vault.generation, shard],
    );
    return row ? { version: row.version, body: new Uint8Array(Buffer.from(row.body, 'base64')) } : null;
  }

  async put(
    vault: Vault,
    shard: string,
    expected: Version | null,
    body: Uint8Array<ArrayBuffer>,
    quota: Quota,
  ): Promise<PutOutcome> {
    const version = randomBytes(9).toString('base64url');
    const values = [vault.generation, shard, version, body.length, body, quota.bytes];
    const rows =
      expected === null
        ? await this.#query(
            `${HELD} insert into relay_shards (vault_id, name, version, bytes, body)
             select id, $2, $3, $4::integer, $5 from relay_vaults, held
             where id = $1 and held.bytes + $4::integer <= $6::bigint and held.shards < $7::bigint
             on conflict do nothing returning 1`,
            [...values, quota.shards],
          )
        : await this.#query(
            `${HELD} update relay_shards set version = $3, bytes = $4::integer, body = $5 from held
             where vault_id = $1 and name = $2 and version = $7 and held.bytes + $4::integer <= $6::bigint returning 1`,
            [...values, expected],
          );
    if (rows.length === 0) return (await this.#whyNot(vault, shard, expected)) ?? { kind: 'vault-full' };
    this.#tell(vault, shard, version);
    return { kind: 'written', version };
  }

  async remove(vault: Vault, shard: string, expected: Version | null): Promise<RemoveOutcome> {
    const rows = await this.#query(
      'delete from relay_shards where vault_id = $1 and name = $2 and ($3::text is null or version = $3) returning 1',
      [vault.generation, shard, expected],
    );
    if (rows.length > 0) {
      this.#tell(vault, shard, null);
      return { kind: 'removed' };
    }
    return (await this.#whyNot(vault, shard, expected)) ?? { kind: 'removed' };
  }

  async removeVault(vault: Vault): Promise<void> {
    const rows = await this.#query('delete from relay_vaults where id = $1 returning 1', [vault.generation]);
    if (rows.length > 0) this.#tell(vault, null, null);
  }

  listen(vault: Vault, listener: ChangeListener): () => void {
    const stop = this.#listeners.add(keyOf(vault), listener);
    listener({ kind: 'unknown' });
    return stop;
  }

  async countVaults(): Promise<number> {
    const [row] = await this.#query<{ count: number }>('select count(*)::integer as count from relay_vaults', []);
    return row?.count ?? 0;
  }

  async check(): Promise<void> {
    await this.#query('select 1', []);
  }

  async close(): Promise<void> {
    await this.#notices.close();
    await this.#pool.end();
  }

  /** Why a shard was not written at an expected version; null when it is at that version. */
  async #whyNot(vault: Vault, shard: string, expected: Version | null) {
    const [row] = await this.#query<{ version: Version | null }>(
      'select version from relay_vaults left join relay_shards on vault_id = id and relay_shards.name = $2 where id = $1',
      [vault.generation, shard],
    );
    if (!row) return { kind: 'no-vault' } as const;
    return row.version === expected ? null : ({ kind: 'conflict', version: row.version } as const);
  }

  #tell(vault: Vault, shard: string | null, version: Version | null): void {
    this.#tellHere(vault, shard, version);
    const { name, generation } = vault;
    this.#notices.tell({ from: this.#process, name, generation, shard, version });
  }

  #tellHere(vault: Pick<Vault, 'name' | 'generation'>, shard: string | null, version: Version | null): void {
    this.#listeners.tell(keyOf(vault), shard === null ? { kind: 'vault-deleted' } : { kind: 'shard', shard, version });
  }

  async #query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw storeError(error);
    }
  }
}

interface VaultRow extends pg.QueryResultRow {
  /** A bigint, which comes as text. */
  readonly id: string;
  readonly key_hash: Buffer;
}

interface IndexRow extends pg.QueryResultRow {
  /** Null in the one row of a vault without shards. */
  readonly name: string | null;
  readonly version: Version;
  readonly bytes: number;
}

const DISK_FULL = '53100';

/** What the database itself refuses is a mistake of ours and passes; all else means that it can't be reached now. */
function storeError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return new StoreUnsure(error);
  if (error.code === DISK_FULL) return new StoreFull(error);
  // shutting down or starting, too many connections, a statement that took too long
  return /^(57|08|53|40)/.test(error.code ?? '') ? new StoreUnsure(error) : error;
}

function keyOf({ name, generation }: Pick<Vault, 'name' | 'generation'>): string {
  return `${name}/${generation}`;
}
