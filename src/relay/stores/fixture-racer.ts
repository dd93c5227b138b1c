/**
 * A process that adds to counters which another one adds to as well. Arguments: `files` or `postgres`, where, the vault's name, `a`
 * or `b`, how many to add. Prints how often the other one was faster.
 */
import * as v from 'valibot';
import { openVaultFiles } from './files.ts';
import { openVaultDatabase } from './postgres/postgres.ts';
import { StoreUnsure, type Vault, type VaultStore, type Version } from './vault-store.ts';

const ROOM = { bytes: 1e9, shards: 1000 };
export const COUNTERS = 8;
const WRITERS = 4;

/** What each writer added. */
const Counter = v.record(v.string(), v.number());
export type Counter = v.InferOutput<typeof Counter>;

interface Seen {
  readonly counter: Counter;
  readonly version: Version | null;
}

export async function readCounter(store: VaultStore, vault: Vault, name: string): Promise<Seen> {
  const stored = await store.read(vault, name);
  if (stored === null) return { counter: {}, version: null };
  return { counter: v.parse(Counter, JSON.parse(Buffer.from(stored.body).toString())), version: stored.version };
}

/** Adds one by one, from what it saw last. Gives how often that was not the last any more. */
async function write(store: VaultStore, vault: Vault, writer: string, times: number): Promise<number> {
  const seen = new Map<string, Seen>();
  let conflicts = 0;
  for (let done = 0; done < times;) {
    const name = `c${(done * 5 + writer.length) % COUNTERS}`;
    const { counter, version } = seen.get(name) ?? (await readCounter(store, vault, name));
    const next = { ...counter, [writer]: (counter[writer] ?? 0) + 1 };
    const written = await put(store, vault, name, version, next);
    if (written === 'unsure') {
      const { counter: now } = await readCounter(store, vault, name);
      if (now[writer] === next[writer]) done += 1;
    }
    if (written === 'conflict') conflicts += 1;
    if (written === 'conflict' || written === 'unsure') seen.delete(name);
    else {
      seen.set(name, { counter: next, version: written.version });
      done += 1;
    }
  }
  return conflicts;
}

async function put(store: VaultStore, vault: Vault, name: string, version: Version | null, counter: Counter) {
  try {
    const outcome = await store.put(vault, name, version, new Uint8Array(Buffer.from(JSON.stringify(counter))), ROOM);
    if (outcome.kind === 'written') return outcome;
    if (outcome.kind === 'conflict') return 'conflict';
    throw new Error(outcome.kind);
  } catch (error) {
    if (error instanceof StoreUnsure) return 'unsure';
    throw error;
  }
}

/** They begin when both are up. */
async function bothReady(store: VaultStore, vault: Vault, name: string): Promise<void> {
  await store.put(vault, `ready-${name}`, null, new Uint8Array([1]), ROOM);
  const other = name === 'a' ? 'ready-b' : 'ready-a';
  while ((await store.read(vault, other)) === null) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function main(kind: string, place: string, vaultName: string, name: string, times: number): Promise<void> {
  const store = kind === 'files' ? openVaultFiles(place) : await openVaultDatabase({ url: place });
  const vault = await store.create(vaultName, new Uint8Array(32));
  await bothReady(store, vault, name);
  const writers = Array.from({ length: WRITERS }, (_, at) => write(store, vault, `${name}${at}`, times / WRITERS));
  const conflicts = (await Promise.all(writers)).reduce((sum, each) => sum + each, 0);
  await store.close();
  process.stdout.write(`${conflicts}\n`);
}

const [kind, place, vaultName, name, times] = process.argv.slice(2);
if (process.argv[1]?.endsWith('fixture-racer.ts') && kind && place && vaultName && name) {
  await main(kind, place, vaultName, name, Number(times));
}
