/**
 * What lies on the relay: one shard, sealed. `{v, vault, shard, seq, iv, ct}` as JSON; `ct` is the packed shard under
 * AES-256-GCM, with everything that stands before it as additional data, so that the relay can change nothing and put no
 * envelope in the place of another. What it still can do is to keep an envelope back or to give an old one: `seq` grows with
 * every writing, and one below the last seen is refused.
 */
import * as v from 'valibot';
import { fromBase64, toBase64 } from '../base64.ts';
import type { ProblemCode } from '../model/problem.ts';
import { problem, ProblemError } from '../model/problem.ts';
import { pack, unpack } from './packed.ts';
import type { VaultKeys } from './vault-keys.ts';

export const ENVELOPE_VERSION = 1;
/** A shard is some ten thousand bytes; one message alone may be more. */
export const MOST_SHARD_BYTES = 12_000_000;
/** Text of an envelope: base64 of a shard that could not be made smaller. */
export const MOST_ENVELOPE_BYTES = 16_000_000;
const IV_BYTES = 12;

/** A shard as it is between devices. */
export interface Shard {
  readonly name: string;
  readonly text: string;
}

/** Where an envelope was found, and what was seen there before. */
export interface Place {
  readonly shard: string;
  /** The `seq` of the last envelope seen there; 0 when there was none. */
  readonly lastSeq: number;
}

const versioned = v.object({ v: v.number() });
const envelope = v.object({
  v: v.literal(ENVELOPE_VERSION),
  vault: v.string(),
  shard: v.string(),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  iv: v.string(),
  ct: v.string(),
});
const contents = v.object({ name: v.string(), text: v.string() });

type Head = Pick<v.InferOutput<typeof envelope>, 'v' | 'vault' | 'shard' | 'seq'>;

/** @param seq greater than that of what it replaces */
export async function seal({ name, text }: Shard, seq: number, keys: VaultKeys): Promise<string> {
  const head: Head = { v: ENVELOPE_VERSION, vault: keys.vault, shard: await keys.shardId(name), seq };
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const packed = await pack(JSON.stringify({ name, text }), MOST_SHARD_BYTES);
  const sealed = await crypto.subtle.encrypt(cipher(head, iv), keys.encryption, packed);
  return JSON.stringify({ ...head, iv: toBase64(iv), ct: toBase64(new Uint8Array(sealed)) });
}

/**
 * What is in an envelope.
 *
 * @throws ProblemError `vault-newer` for one of a later version, `vault-foreign` for one that belongs elsewhere, `vault-older` for
 * one that was there before the last seen one, `vault-damaged` for one that does not open
 */
export async function open(text: string, place: Place, keys: VaultKeys): Promise<Shard & { readonly seq: number }> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), versioned), text);
  if (!parsed.success) throw damaged('it is no envelope');
  if (parsed.output.v > ENVELOPE_VERSION) throw newer();
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), envelope), text);
  if (!read.success) throw damaged('it is no envelope of a version this program knows');
  const { iv, ct, ...head } = read.output;
  if (head.vault !== keys.vault || head.shard !== place.shard) throw foreign();
  if (head.seq < place.lastSeq) throw older();
  const shard = await opened(head, iv, ct, keys);
  if ((await keys.shardId(shard.name)) !== head.shard) throw foreign();
  return { ...shard, seq: head.seq };
}

async function opened(head: Head, iv: string, ct: string, keys: VaultKeys): Promise<Shard> {
  try {
    const packed = await crypto.subtle.decrypt(cipher(head, fromBase64(iv)), keys.encryption, fromBase64(ct));
    const text = await unpack(new Uint8Array(packed), MOST_SHARD_BYTES);
    return v.parse(v.pipe(v.string(), v.parseJson(), contents), text);
  } catch {
    throw damaged('it does not open with the secret code');
  }
}

function cipher({ v: version, vault, shard, seq }: Head, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify([version, vault, shard, seq]));
  return { name: 'AES-GCM', iv, additionalData };
}

function damaged(how: string): ProblemError {
  return refused('vault-damaged', `A part of the vault can't be used: ${how}. Nothing of it was taken over.`);
}

function newer(): ProblemError {
  const message = 'The vault was written by a later version of Dramatis. Update this one; nothing was changed.';
  return refused('vault-newer', message);
}

function foreign(): ProblemError {
  const message =
    'The relay gave a part of another vault, or in the place of another one. Nothing of it was taken over.';
  return refused('vault-foreign', message);
}

function older(): ProblemError {
  const message =
    'The relay gave an older copy of the vault than this device has seen. Nothing of it was taken over. If the relay was restored from a backup, write the vault again from here.';
  return refused('vault-older', message);
}

function refused(code: ProblemCode, message: string): ProblemError {
  return new ProblemError(problem(code, 'error', 'vault', message));
}
