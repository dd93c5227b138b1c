/** What merging two states of 10 MB takes: reading what came, joining it, making room, and cutting the result into shards. */
import { Buffer } from 'node:buffer';
import { preparedWithin } from '../src/core/import/shrink.ts';
import { DEFAULT_LIMITS } from '../src/core/model/constants.ts';
import { groupBy } from '../src/core/model/group-by.ts';
import { bodyHash, itemId } from '../src/core/model/item.ts';
import { ledgerKey } from '../src/core/model/ledger.ts';
import { itemRecord } from '../src/core/state/item-record.ts';
import { mergeStates } from '../src/core/state/merge.ts';
import type { ItemRecord, LedgerRecord, MessageRecord, PersonaGroup, PersonaState } from '../src/core/state/records.ts';
import { emptyState } from '../src/core/state/records.ts';
import { readShards, shardsOf } from '../src/core/state/shards.ts';
import { StateKeeper } from '../src/core/state/state-keeper.ts';
import { utf8Length } from '../src/core/state/utf8.ts';
import { median } from './median.ts';

const MESSAGES = 9_000;
const ITEMS = 2_500;
const A_SESSION = 60;
const WORDS = 'the import reads the write-ahead log first, and then the pages it replaces; ';
const ALL = { p: true, r: true, o: true, f: true };
const BEGAN = Date.UTC(2026, 10, 1);
const MINUTE = 60_000;

/** @param from which messages and items of one long history the device has: so many from here on */
function stateOf(device: string, from: number): PersonaState {
  const version = `0mi7tvmeg0000${device}`;
  const ids = ['build', 'plan'];
  const groups = ids.map((agent, at): [string, PersonaGroup] => {
    const id = `opencode:${agent}`;
    const messages = Array.from({ length: MESSAGES / ids.length }, (_, index): MessageRecord => {
      const number = (from + index) * ids.length + at;
      const own = { id: `msg_${number}`, sessionId: `ses_${Math.floor(number / A_SESSION)}`, agent };
      const text = `${number} ${WORDS.repeat(2 + ((number * 7) % 18))}`;
      const known = { source: 'opencode', role: 'user', time: BEGAN + number * MINUTE, text } as const;
      return { ...known, ...own, flags: ALL, injected: false, version };
    });
    const record = { id, source: 'opencode', agent, name: null, floor: null, left: null, clips: [], version } as const;
    return [id, { record, messages }];
  });
  const all = groups.flatMap(([, { messages }]) => messages);
  const items = Array.from({ length: ITEMS }, (_, index) => itemOf(all[index * 3], version));
  const sessions = groupBy(all, ({ sessionId }) => sessionId);
  const ledger = [...sessions].map(([id, messages]) => entryOf(id, messages, version));
  const topics = [...sessions.keys()].map((id) => ({ id, name: `Title of ${id}`, version }));
  return {
    ...emptyState(device),
    personas: new Map(groups),
    items: new Map(items.map((item) => [item.id, item])),
    ledger: new Map(ledger.map((entry) => [entry.sessionId, entry])),
    topics: new Map(topics.map((topic) => [topic.id, topic])),
  };
}

function itemOf(message: MessageRecord | undefined, version: string): ItemRecord {
  if (message === undefined) throw new Error('no message for an item');
  const { id: messageId, sessionId, text, time } = message;
  const name = `Wants ${text.slice(0, 40)}`;
  const where = { source: 'opencode', sessionId, messageId, start: 0, end: 60, hash: bodyHash(text) } as const;
  const said = { evidence: [{ ...where, text: text.slice(0, 60), time }], learnedBy: ['opencode:build'] };
  const known = {
    id: itemId('fact', name),
    kind: 'fact',
    name,
    description: '',
    subject: 'human',
    aliases: [],
  } as const;
  const decided = { status: 'proposed', supersededBy: null, corrected: false, refused: [] } as const;
  return itemRecord({ ...known, ...said, ...decided, created: time, updated: time }, undefined, version, 'rules');
}

function entryOf(sessionId: string, messages: readonly MessageRecord[], version: string): LedgerRecord {
  const keys = messages.map(({ id, text }) => ledgerKey(id, text)).sort();
  const last = messages.at(-1);
  const through = last === undefined ? null : { time: last.time, id: last.id };
  const seen = { updated: last?.time ?? 0, readThrough: last?.time ?? 0, spoken: messages.length };
  const counted = { messages: messages.length, tokens: messages.length * 200, when: BEGAN };
  return {
    sessionId,
    through,
    ...counted,
    seen,
    seenAnywhere: seen,
    done: { prof: keys.join('') },
    sealed: null,
    version,
  };
}

function bytesOf(shards: ReadonlyMap<string, string>): number {
  let bytes = 0;
  for (const text of shards.values()) bytes += utf8Length(text);
  return bytes;
}

/** Milliseconds of the middle one of several. */
function timed(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return median(times);
}

/** @returns a section of docs/benchmarks.md */
export function benchMerge(runs: number): string {
  const local = stateOf('tower', 0);
  const other = stateOf('laptop', MESSAGES / 4);
  const [ours, theirs] = [shardsOf(local), shardsOf(other)];
  const options = { now: BEGAN, limits: DEFAULT_LIMITS };
  const texts = [...theirs.values()];
  const baseline = timed(runs, () => texts.map((text) => JSON.stringify(JSON.parse(text))));
  const remote = readShards(theirs);
  const { state } = mergeStates(local, remote, options);
  const one = [...theirs].slice(-1);
  const keeper = new StateKeeper(emptyState('tower'), new Map());
  const rows: [string, number][] = [
    ['reading what came', timed(runs, () => readShards(theirs))],
    ['merging it', timed(runs, () => mergeStates(local, remote, options))],
    ['both', timed(runs, () => mergeStates(local, readShards(theirs), options))],
    ['both, of one shard that changed', timed(runs, () => mergeStates(local, readShards(one), options))],
    ['making room for 10 MB and encoding it', timed(runs, () => preparedWithin(keeper, state, DEFAULT_LIMITS))],
    ['cutting the result into shards', timed(runs, () => shardsOf(state))],
  ];
  const megabytes = (shards: ReadonlyMap<string, string>): string => (bytesOf(shards) / 1e6).toFixed(1);
  const table = rows.map(([what, ms]) => `| ${what} | ${ms.toFixed(0)} ms | ${(ms / baseline).toFixed(2)} |`);
  return [
    '## Merging two states',
    '',
    `One of ${megabytes(ours)} MB (${ours.size} shards, ${MESSAGES} messages, ${ITEMS} items) and one of ${megabytes(theirs)} MB that has half of it`,
    `and as much of its own, in a worker of Node ${process.versions.node}; the middle one of ${runs} runs. Beside it: so many times as long as parsing and writing the same`,
    `${(Buffer.byteLength(texts.join('')) / 1e6).toFixed(1)} MB of JSON, ${baseline.toFixed(0)} ms.`,
    '',
    '| | takes | against JSON |',
    '| --- | ---: | ---: |',
    ...table,
  ].join('\n');
}
