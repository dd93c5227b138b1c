import type { Pool, PoolClient } from 'pg';

/** Each step once, in order. A step that was released never changes; a new one is added after it. */
const STEPS: readonly string[] = [
  `create table relay_vaults (
     id bigint generated always as identity primary key,
     name text not null unique,
     key_hash bytea not null,
     created timestamptz not null default now()
   );
   create table relay_shards (
     vault_id bigint not null references relay_vaults on delete cascade,
     name text not null,
     version text not null,
     bytes integer not null,
     body bytea not null,
     primary key (vault_id, name)
   );
   -- ciphertext: to compress it would only take time
   alter table relay_shards alter column body set storage external;`,
];

/** Held while a process looks at the schema, so that of many that start at once one changes it. Any number nobody else uses. */
const LOCK = 4_173_173_417;

/** Brings the schema to what this program needs. Throws when it was made by a newer one. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await takeSteps(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error says what happened
    throw error;
  } finally {
    client.release();
  }
}

async function takeSteps(client: PoolClient): Promise<void> {
  await client.query('create table if not exists relay_schema (step integer primary key)');
  const { rows } = await client.query<{ taken: number }>('select count(*)::integer as taken from relay_schema');
  const taken = rows[0]?.taken ?? 0;
  if (taken > STEPS.length) {
    throw new Error(`The database was set up by a newer relay (step ${taken}, this one knows ${STEPS.length}).`);
  }
  for (let step = taken; step < STEPS.length; step++) {
    await client.query(STEPS[step] ?? '');
    await client.query('insert into relay_schema values ($1)', [step + 1]);
  }
}
