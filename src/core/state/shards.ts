/**
 * The shared part of persona state, cut into shards: texts under names, so that a sync moves what changed and not everything. A shard
 * is a piece of some ten thousand bytes (cut.ts), so that one record more changes one shard, and equal shared states give equal
 * shards on every device.
 *
 * Names hold ids of personas: they must not leave the device as they are.
 */
import { shortHash } from '../model/short-hash.ts';
import { cut, type Placed, SPAN } from './cut.ts';
import { parseGroup } from './migrate.ts';
import { joinItems } from './join-items.ts';
import { joinEntries } from './join-ledger.ts';
import { joinMessages, joinRecords } from './join-personas.ts';
import { laterRecord } from './join.ts';
import type {
  ItemRecord,
  LedgerRecord,
  MessageRecord,
  PersonaGroup,
  PersonaRecord,
  PersonaState,
  TopicRecord,
} from './records.ts';
import { byTimeThenId } from './records.ts';
import { decodePersona, decodeTopics, encodePersona, encodeTopics } from './serialise.ts';
import {
  decodeGone,
  decodeItems,
  decodeLedger,
  decodeSettings,
  encodeGone,
  encodeItems,
  encodeLedger,
  encodeSettings,
} from './serialise-memory.ts';
import type { SharedState } from './shared.ts';
import { emptyShared, sharedOf } from './shared.ts';

/** `persona/<id>`, `messages/<persona>/<piece>`, `items/<piece>`, `ledger/<piece>`, `topics/<piece>`, `settings`, `gone`. */
export type ShardName = string;

/** The canonical text of every shard of a state. Device-local records are in none of them. */
export function shardsOf(state: PersonaState): Map<ShardName, string> {
  const { personas, items, ledger, topics, settings, gone } = sharedOf(state);
  const shards = new Map<ShardName, string>();
  for (const { record, messages } of sorted(personas.values(), ({ record }) => record.id)) {
    shards.set(`persona/${record.id}`, encodePersona({ record, messages: [] }));
    const bare = bareRecord(record);
    for (const [name, piece] of pieces(`messages/${record.id}`, messages, placeOfMessage))
      shards.set(name, encodePersona({ record: bare, messages: piece }));
  }
  for (const [name, piece] of pieces('items', items.values(), placeOfItem)) shards.set(name, encodeItems(piece));
  for (const [name, piece] of pieces('ledger', ledger.values(), placeOfEntry))
    shards.set(name, encodeLedger(piece.map((entry) => ({ ...entry, seen: null }))));
  for (const [name, piece] of pieces('topics', topics.values(), placeOfTopic)) shards.set(name, encodeTopics(piece));
  if (settings !== null) shards.set('settings', encodeSettings(settings));
  const goneText = encodeGone(gone);
  if (goneText !== null) shards.set('gone', goneText);
  return shards;
}

/**
 * The records of these shards. One that stands in several, as after a push that was cut off, is what they make together. Throws
 * Error when one can't be read, NewerSchema when a later version wrote it.
 */
export function readShards(shards: Iterable<readonly [ShardName, string]>): SharedState {
  const reading = new Reading();
  for (const [name, text] of shards) reading.take(name, parseGroup(groupOf(name), text));
  return reading.state();
}

class Reading {
  readonly #records = new Map<string, PersonaRecord>();
  readonly #messages = new Map<string, Map<string, MessageRecord>>();
  readonly #items = new Map<string, ItemRecord>();
  readonly #ledger = new Map<string, LedgerRecord>();
  readonly #topics = new Map<string, TopicRecord>();
  #rest: Partial<SharedState> = {};

  take(name: ShardName, parsed: unknown): void {
    const [kind = ''] = name.split('/', 1);
    if (kind === 'persona' || kind === 'messages') this.#takePersona(decodePersona(parsed));
    else if (kind === 'items') addAll(this.#items, decodeItems(parsed), joinItems);
    else if (kind === 'ledger') addAll(this.#ledger, decodeLedger(parsed), joinEntries);
    else if (kind === 'topics') addAll(this.#topics, decodeTopics(parsed), laterRecord);
    else if (kind === 'settings') this.#rest = { ...this.#rest, settings: decodeSettings(parsed) };
    else if (kind === 'gone') this.#rest = { ...this.#rest, gone: decodeGone(parsed) };
    else throw new Error(`no shard is called ${name}`);
  }

  state(): SharedState {
    const personas = [...this.#records].map(([id, record]): [string, PersonaGroup] => [
      id,
      { record, messages: [...(this.#messages.get(id)?.values() ?? [])].sort(byTimeThenId) },
    ]);
    const [items, ledger, topics] = [this.#items, this.#ledger, this.#topics];
    return { ...emptyShared(), ...this.#rest, personas: new Map(personas), items, ledger, topics };
  }

  #takePersona({ record, messages }: PersonaGroup): void {
    addAll(this.#records, new Map([[record.id, record]]), joinRecords);
    const known = this.#messages.get(record.id) ?? new Map<string, MessageRecord>();
    const own = messages.map((message): [string, MessageRecord] => [message.id, { ...message, injected: false }]);
    addAll(known, new Map(own), joinMessages);
    this.#messages.set(record.id, known);
  }
}

function addAll<T>(all: Map<string, T>, more: ReadonlyMap<string, T>, join: (a: T, b: T) => T): void {
  for (const [id, record] of more) {
    const known = all.get(id);
    all.set(id, known === undefined ? record : join(known, record));
  }
}

/** The group of state whose schema the shard has. */
function groupOf(name: ShardName): string {
  return `state/${name}`.replace(/^state\/messages\//, 'state/persona/');
}

/** Says nothing of the persona but what its messages need: any other record of it wins. */
function bareRecord({ id, source, agent }: PersonaRecord): PersonaRecord {
  return { id, source, agent, name: null, floor: null, left: null, clips: [], version: '' };
}

/** The pieces of these records, each under its own name. */
function pieces<T>(
  name: string,
  records: Iterable<T>,
  placed: (record: T) => Omit<Placed<T>, 'record'>,
): [string, readonly T[]][] {
  const all = [...records].map((record) => ({ record, ...placed(record) }));
  return cut(all).map((piece) => [`${name}/${piece.name}`, piece.records]);
}

/** What a row takes beside its texts, about. */
const ROW_BYTES = 120;

/** By time: what is said next to each other changes together. */
function placeOfMessage({ time, text }: MessageRecord) {
  return { at: Math.min(SPAN - 1, Math.max(0, Math.floor(time))), bytes: ROW_BYTES + text.length };
}

function placeOfItem({ id, name, description, evidence, refused }: ItemRecord) {
  const words = [...evidence, ...refused].reduce((sum, { text }) => sum + ROW_BYTES + text.length, 0);
  return { at: placeOfId(id), bytes: ROW_BYTES + name.length + description.length + words };
}

function placeOfEntry({ sessionId, done }: LedgerRecord) {
  const keys = Object.values(done).reduce((sum, each) => sum + each.length, 0);
  return { at: placeOfId(sessionId), bytes: ROW_BYTES + keys };
}

function placeOfTopic({ id, name }: TopicRecord) {
  return { at: placeOfId(id), bytes: ROW_BYTES + name.length };
}

/** 32 bits of a hash, over the whole span. */
function placeOfId(id: string): number {
  return Number.parseInt(shortHash([id]).split('.')[0] ?? '', 36) * 2 ** 16;
}

function sorted<T>(records: Iterable<T>, id: (record: T) => string): T[] {
  return [...records].sort((a, b) => (id(a) < id(b) ? -1 : 1));
}
