/**
 * A backup is one file with everything a workspace keeps but secrets and what only this device can use: persona state and the
 * catalog, group by group, as text. With a passphrase it is sealed: PBKDF2-SHA-256, then AES-256-GCM.
 */
import * as v from 'valibot';
import { fromBase64, toBase64 } from './base64.ts';
import { problem, ProblemError } from './model/problem.ts';
import {
  ACTIVITY_PREFIX,
  CATALOG_PREFIX,
  TIMES_PREFIX,
  decodeActivity,
  decodeCatalog,
} from './catalog/catalog-groups.ts';
import { parseGroup } from './state/migrate.ts';
import type { Meta } from './state/records.ts';
import { decodeMeta, decodePersona, encodeMeta } from './state/serialise.ts';
import { META, STATE_PREFIX } from './state/state-keeper.ts';

const FORMAT = 'dramatis-backup';
const VERSION = 1;
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const IV_BYTES = 12;
const BACKED_UP = [STATE_PREFIX, CATALOG_PREFIX, TIMES_PREFIX, ACTIVITY_PREFIX];
const PERSONA = `${STATE_PREFIX}persona/`;

const plain = v.object({
  format: v.literal(FORMAT),
  version: v.number(),
  made: v.string(),
  groups: v.record(v.string(), v.string()),
});

const sealed = v.object({
  format: v.literal(FORMAT),
  version: v.number(),
  sealed: v.object({ iterations: v.number(), salt: v.string(), iv: v.string(), data: v.string() }),
});

export interface Backup {
  /** ISO-8601 */
  readonly made: string;
  readonly groups: ReadonlyMap<string, string>;
}

/** What a backup or a workspace holds, in numbers: shown before a restore replaces one by the other. */
export interface BackupContents {
  readonly personas: number;
  readonly messages: number;
  readonly sessions: number;
}

/** Whether a group goes into a backup. */
export function isBackedUp(key: string): boolean {
  return BACKED_UP.some((prefix) => key.startsWith(prefix));
}

/** @param now ms since 1970 */
export function encodeBackup(groups: ReadonlyMap<string, string>, now: number): string {
  const kept = [...groups].filter(([key]) => isBackedUp(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  const made = new Date(now).toISOString();
  return JSON.stringify({ format: FORMAT, version: VERSION, made, groups: Object.fromEntries(kept) });
}

/** The same backup behind a passphrase. */
export async function sealBackup(text: string, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await deriveKey(passphrase, salt, ITERATIONS);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
  const parts = {
    iterations: ITERATIONS,
    salt: toBase64(salt),
    iv: toBase64(iv),
    data: toBase64(new Uint8Array(data)),
  };
  return JSON.stringify({ format: FORMAT, version: VERSION, sealed: parts });
}

/**
 * Reads a backup and checks every group of it before anything is replaced.
 *
 * @throws ProblemError saying what is wrong with it: no backup, a later version's, sealed and the passphrase missing or wrong
 */
export async function readBackup(text: string, passphrase: string | null = null): Promise<Backup> {
  const parsed = parseJson(text);
  if (v.is(sealed, parsed)) return readBackup(await unseal(parsed.sealed, passphrase), null);
  if (!v.is(plain, parsed)) throw unreadable('This file is not a backup of Dramatis.');
  if (parsed.version > VERSION)
    throw unreadable('This backup was made by a later version of Dramatis. Update the app.');
  const groups = new Map(Object.entries(parsed.groups).filter(([key]) => isBackedUp(key)));
  for (const [key, group] of groups) checkGroup(key, group);
  return { made: parsed.made, groups };
}

/**
 * The groups of a backup as this device takes them over: two devices with one id would stamp their writes alike. What was deleted
 * after the backup was made is not known to it.
 */
export function forDevice({ made, groups }: Backup, { device, inStep }: Meta): Map<string, string> {
  const own = new Map(groups);
  const text = groups.get(META);
  if (text === undefined) return own;
  const meta = decodeMeta(parseGroup(META, text));
  const whenMade = inStep === null ? null : { time: Date.parse(made) || 0, horizon: '' };
  return own.set(META, encodeMeta({ ...meta, device, inStep: meta.inStep ?? whenMade }));
}

export function contentsOf(groups: ReadonlyMap<string, string>): BackupContents {
  let personas = 0;
  let messages = 0;
  let sessions = 0;
  for (const [key, text] of groups) {
    if (key.startsWith(CATALOG_PREFIX)) sessions += decodeCatalog(text).length;
    if (!key.startsWith(PERSONA)) continue;
    personas += 1;
    messages += decodePersona(parseGroup(key, text)).messages.length;
  }
  return { personas, messages, sessions };
}

function checkGroup(key: string, text: string): void {
  try {
    if (key.startsWith(CATALOG_PREFIX)) decodeCatalog(text);
    else if (key.startsWith(ACTIVITY_PREFIX)) decodeActivity(text);
    else if (key.startsWith(PERSONA)) decodePersona(parseGroup(key, text));
    else parseGroup(key, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(`The backup is damaged at ${key} (${reason}). Nothing was changed.`);
  }
}

async function unseal(
  { iterations, salt, iv, data }: v.InferOutput<typeof sealed>['sealed'],
  passphrase: string | null,
): Promise<string> {
  if (passphrase === null) throw unreadable('This backup is sealed: give its passphrase.');
  const key = await deriveKey(passphrase, fromBase64(salt), iterations);
  try {
    const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv) }, key, fromBase64(data));
    return new TextDecoder().decode(bytes);
  } catch {
    throw unreadable('The passphrase does not open this backup, or the file is damaged.');
  }
}

async function deriveKey(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unreadable(message: string): ProblemError {
  return new ProblemError(problem('state-unreadable', 'error', 'backup', message));
}
