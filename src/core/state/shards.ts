/**
 * The shared part of persona state, cut into shards: texts under names, so that a sync moves what changed and not everything. A shard
 * is a run of neighbouring records; where one begins is decided by the records themselves, so that one record more changes
 * one shard, and equal shared states give equal shards on every device.
 *
 * Names hold ids of sessions and messages: they must not leave the device as they are.
 */
import { shortHash } from '../model/short-hash.ts';
import { parseGroup } from './migrate.ts';
import type { MessageRecord, PersonaRecord, PersonaState } from './records.ts';
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

/** `persona/<id>`, `messages/<persona>/<first>`, `items/<first>`, `ledger/<first>`, `topics/<first>`, `settings`, `gone`. */
export type ShardName = string;

/** Records of a shard, on average. */
const RUN = { messages: 64, items: 64, ledger: 64, topics: 256 };

/** The canonical text of every shard of a state. Device-local records are in none of them. */
export function shardsOf(state: PersonaState): Map<ShardName, string> {
  const { personas, items, ledger, topics, settings, gone } = sharedOf(state);
  const shards = new Map<ShardName, string>();
  for (const { record, messages } of sorted(personas.values(), ({ record }) => record.id)) {
    shards.set(`persona/${record.id}`, encodePersona({ record, messages: [] }));
    const bare = bareRecord(record);
    for (const [first, run] of runs(messages.toSorted(byTimeThenId), ({ id }) => id, RUN.messages))
      shards.set(`messages/${record.id}/${first}`, encodePersona({ record: bare, messages: run }));
  }
  const bySession = sorted(ledger.values(), ({ sessionId }) => sessionId);
  for (const [first, run] of runs(sorted(items.values(), idOf), idOf, RUN.items))
    shards.set(`items/${first}`, encodeItems(run));
  for (const [first, run] of runs(bySession, ({ sessionId }) => sessionId, RUN.ledger))
    shards.set(`ledger/${first}`, encodeLedger(run.map((entry) => ({ ...entry, seen: null }))));
  for (const [first, run] of runs(sorted(topics.values(), idOf), idOf, RUN.topics))
    shards.set(`topics/${first}`, encodeTopics(run));
  if (settings !== null) shards.set('settings', encodeSettings(settings));
  const goneText = encodeGone(gone);
  if (goneText !== null) shards.set('gone', goneText);
  return shards;
}

/** The records of these shards. Throws Error when one can't be read, NewerSchema when a later version wrote it. */
export function readShards(shards: Iterable<readonly [ShardName, string]>): SharedState {
  const empty = emptyShared();
  const personas = new Map(empty.personas);
  const items = new Map(empty.items);
  const ledger = new Map(empty.ledger);
  const topics = new Map(empty.topics);
  let { settings, gone } = empty;
  for (const [name, text] of shards) {
    const parsed = parseGroup(groupOf(name), text);
    const [kind = ''] = name.split('/', 1);
    if (kind === 'persona' || kind === 'messages') {
      const { record, messages } = decodePersona(parsed);
      const known = personas.get(record.id);
      const own: MessageRecord[] = messages.map((message) => ({ ...message, injected: false }));
      personas.set(record.id, {
        record: kind === 'persona' || known === undefined ? record : known.record,
        messages: [...(known?.messages ?? []), ...own],
      });
    } else if (kind === 'items') for (const [id, item] of decodeItems(parsed)) items.set(id, item);
    else if (kind === 'ledger') for (const [id, entry] of decodeLedger(parsed)) ledger.set(id, entry);
    else if (kind === 'topics') for (const [id, topic] of decodeTopics(parsed)) topics.set(id, topic);
    else if (kind === 'settings') settings = decodeSettings(parsed);
    else if (kind === 'gone') gone = decodeGone(parsed);
    else throw new Error(`no shard is called ${name}`);
  }
  return { ...empty, personas, items, ledger, topics, settings, gone };
}

/** The group of state whose schema the shard has. */
function groupOf(name: ShardName): string {
  return `state/${name}`.replace(/^state\/messages\//, 'state/persona/');
}

/** Says nothing of the persona but what its messages need: any other record of it wins. */
function bareRecord({ id, source, agent }: PersonaRecord): PersonaRecord {
  return { id, source, agent, name: null, floor: null, left: null, clips: [], version: '' };
}

/** Runs of neighbours, about `length` long, each under the id of its first record. */
function* runs<T>(records: readonly T[], id: (record: T) => string, length: number): Generator<[string, T[]]> {
  let run: T[] = [];
  let first = '';
  for (const record of records) {
    if (isFirst(id(record), length) && run.length > 0) {
      yield [first, run];
      run = [];
    }
    if (run.length === 0) first = id(record);
    run.push(record);
  }
  if (run.length > 0) yield [first, run];
}

function isFirst(id: string, length: number): boolean {
  return Number.parseInt(shortHash([id]).split('.')[1] ?? '', 36) % length === 0;
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function sorted<T>(records: Iterable<T>, id: (record: T) => string): T[] {
  return [...records].sort((a, b) => (id(a) < id(b) ? -1 : 1));
}
