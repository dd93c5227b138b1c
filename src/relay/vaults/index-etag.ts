import { createHash } from 'node:crypto';
import type { ShardEntry, Vault } from '../stores/vault-store.ts';
import { etagOf } from './conditions.ts';

/** Changes with every version of every shard. */
export function indexEtag({ generation }: Vault, entries: readonly ShardEntry[]): string {
  const lines = entries.map(({ shard, version }) => `${shard} ${version}\n`);
  const hash = createHash('sha256').update(`${generation}\n${lines.join('')}`);
  return etagOf(hash.digest('base64url').slice(0, 22));
}
