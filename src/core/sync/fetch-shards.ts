/** Shards from the relay, opened. */
import { toBase64Url } from '../base64.ts';
import { problem, ProblemError } from '../model/problem.ts';
import { atOnce } from '../net/at-once.ts';
import { open, type Place, type Shard } from './envelope.ts';
import type { RelayClient } from './relay-client.ts';
import { AT_ONCE } from './relay-request.ts';
import type { KnownShard } from './sync-memory.ts';
import type { VaultKeys } from './vault-keys.ts';

/** So much text is opened in one sync, whatever the relay sends: several times what a state may hold. */
const MOST_UNITS = 60_000_000;

type Opened = Awaited<ReturnType<typeof open>>;

export interface Fetched {
  readonly known: KnownShard;
  /** Null when it can't be used. */
  readonly shard: Shard | null;
}

/**
 * By what they are called on the relay; those that are not there any more are left out. Throws ProblemError for the first that is
 * refused.
 *
 * @param canRead null but when all of them are to be written over: then those that are refused or can't be read are null
 */
export async function fetchShards(
  wanted: readonly Place[],
  { relay, keys }: { readonly relay: RelayClient; readonly keys: VaultKeys },
  canRead: ((shard: Shard) => boolean) | null,
): Promise<Map<string, Fetched>> {
  const found = new Map<string, Fetched>();
  let units = 0;
  await atOnce(AT_ONCE, wanted, async (place) => {
    const answer = await relay.get(place.shard);
    if (answer === null) return;
    const { text, version } = answer;
    const opened = await (canRead === null ? open(text, place, keys) : openIfPossible(text, place, keys));
    if (opened === null || canRead?.(opened) === false) {
      found.set(place.shard, { known: { version, seq: opened?.seq ?? place.lastSeq, hash: '' }, shard: null });
      return;
    }
    units += opened.text.length;
    if (units > MOST_UNITS) throw tooMuch();
    const { seq, ...shard } = opened;
    found.set(place.shard, { known: { version, seq, hash: canRead === null ? await hashOf(shard) : '' }, shard });
  });
  return found;
}

/** Equal for equal shards alone. */
export async function hashOf({ name, text }: Shard): Promise<string> {
  const bytes = new TextEncoder().encode(`${name}\n${text}`);
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 16));
}

/** Null for what is refused; what a later version wrote is never written over. */
async function openIfPossible(text: string, place: Place, keys: VaultKeys): Promise<Opened | null> {
  try {
    return await open(text, place, keys);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code !== 'vault-newer') return null;
    throw error;
  }
}

function tooMuch(): ProblemError {
  const message = 'The vault holds more than any state can. Nothing of it was taken over.';
  return new ProblemError(problem('vault-damaged', 'error', 'vault', message));
}
