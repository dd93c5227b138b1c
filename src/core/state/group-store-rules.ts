/**
 * The contract of {@link GroupStore}, each rule a check that any test runner can run: vitest does for memory and files
 * (group-store.contract.ts), a page does for IndexedDB.
 */
import type { GroupStore, GroupWrite } from './group-store.ts';

/** One place to keep groups, empty at first. */
export interface StoreUnderTest {
  /** Opens it; again after it was opened before, as after a restart of the program. */
  open(): Promise<GroupStore>;
}

export interface GroupStoreRule {
  readonly name: string;
  /** Throws when the rule does not hold. The place is the rule's own. */
  check(place: StoreUnderTest): Promise<void>;
}

const LONG = 'exit, pursued by a bear. '.repeat(200_000);

const TEXTS: readonly string[] = [
  '',
  '{"a":1}\n',
  '\r\n\t\0 ',
  'Grüße, 世界, 👩‍👩‍👧, e\u0301',
  '\uFEFFmarked',
  'half a pair: \uD83D',
  '\uDE00 the other half',
  LONG,
];

const KEYS: readonly string[] = [
  'state/meta',
  'state/persona/opencode:build',
  'state/persona/opencode:Build',
  'state/persona/opencode-build',
  'state/persona/opencode/build',
  'catalog/2026-11',
  'aside/2026-11-21T10:00:00.000Z/state/meta',
  '../outside',
  '..',
  'CON',
  'a\\b*?"<>|',
  'Rolle: Königin 👑',
  'half \uD83D',
  'other half \uDE00',
  '__proto__',
  'constructor',
  'k'.repeat(400),
  ' ',
  '',
];

export const GROUP_STORE_RULES: readonly GroupStoreRule[] = [
  {
    name: 'an empty store has no keys and no values',
    async check(place) {
      const store = await place.open();
      same(await store.keys(), []);
      same([...(await store.read(['state/meta']))], []);
    },
  },
  {
    name: 'a value is given back exactly as it was written, also after opening again',
    async check(place) {
      const store = await place.open();
      const writes = new Map(TEXTS.map((text, at) => [`text/${at}`, text]));
      await store.commit(writes);
      await holds(store, writes);
      await holds(await place.open(), writes);
    },
  },
  {
    name: 'any text is a key, and no two keys are the same',
    async check(place) {
      const writes = new Map(KEYS.map((key, at) => [key, `value ${at}`]));
      await (await place.open()).commit(writes);
      await holds(await place.open(), writes);
    },
  },
  {
    name: 'a later commit replaces what it names and leaves the rest',
    async check(place) {
      const store = await place.open();
      await store.commit(new Map([...group('a', '1'), ...group('b', '1')]));
      await store.commit(new Map([...group('b', '2'), ...group('c', '2')]));
      const all = new Map([...group('a', '1'), ...group('b', '2'), ...group('c', '2')]);
      await holds(store, all);
      await holds(await place.open(), all);
    },
  },
  {
    name: 'null deletes, also what is not there',
    async check(place) {
      const store = await place.open();
      await store.commit(new Map([...group('a', '1'), ...group('b', '1')]));
      await store.commit(new Map<string, string | null>([...group('c', '2'), ['a', null], ['never', null]]));
      const all = new Map([...group('b', '1'), ...group('c', '2')]);
      await holds(store, all);
      await holds(await place.open(), all);
    },
  },
  {
    name: 'a deleted key can be written again',
    async check(place) {
      const store = await place.open();
      await store.commit(group('a', '1'));
      await store.commit(new Map([['a', null]]));
      await store.commit(group('a', '2'));
      await holds(await place.open(), group('a', '2'));
    },
  },
  {
    name: 'a commit of nothing changes nothing',
    async check(place) {
      const store = await place.open();
      await store.commit(group('a', '1'));
      await store.commit(new Map());
      await holds(await place.open(), group('a', '1'));
    },
  },
  {
    name: 'commits that overlap happen in the order they were asked for',
    async check(place) {
      const store = await place.open();
      const rounds = Array.from({ length: 20 }, (_, at) => at);
      await Promise.all(
        rounds.map((at) => store.commit(new Map([...group('last', `${at}`), ...group(`own/${at}`, `${at}`)]))),
      );
      const all = new Map([...group('last', '19'), ...rounds.flatMap((at) => [...group(`own/${at}`, `${at}`)])]);
      await holds(store, all);
      await holds(await place.open(), all);
    },
  },
  {
    name: 'a commit takes what its map held when it was asked for',
    async check(place) {
      const store = await place.open();
      const writes = group('a', '1');
      const done = store.commit(writes);
      writes.set('a', '2');
      writes.set('b', '2');
      await done;
      await holds(await place.open(), group('a', '1'));
    },
  },
  {
    name: 'a text may be made when its turn has come',
    async check(place) {
      const store = await place.open();
      await store.commit(
        new Map<string, GroupWrite>([
          ['a', '1'],
          ['b', () => '2'],
        ]),
      );
      await holds(await place.open(), new Map([...group('a', '1'), ...group('b', '2')]));
    },
  },
  {
    name: 'when a text can not be made the commit fails and nothing has changed',
    async check(place) {
      const store = await place.open();
      await store.commit(group('a', '1'));
      const unmade = (): string => {
        throw new Error('it can not be made');
      };
      const writes = new Map<string, GroupWrite>([...group('a', '2'), ['b', () => '2'], ['c', unmade]]);
      const ended = await Promise.allSettled([store.commit(writes)]);
      same(ended[0].status, 'rejected');
      await holds(store, group('a', '1'));
      await holds(await place.open(), group('a', '1'));
      await store.commit(group('d', '3'));
      await holds(await place.open(), new Map([...group('a', '1'), ...group('d', '3')]));
    },
  },
  {
    name: 'a reading during a commit sees all of it or nothing',
    async check(place) {
      const store = await place.open();
      const keys = Array.from({ length: 8 }, (_, at) => `g/${at}`);
      const round = (value: string) => new Map(keys.map((key) => [key, value]));
      await store.commit(round('0'));
      const readings: Promise<Map<string, string>>[] = [];
      const commits: Promise<void>[] = [];
      for (let at = 1; at <= 10; at++) {
        commits.push(store.commit(round(`${at}`)));
        readings.push(store.read(keys));
      }
      await Promise.all(commits);
      for (const reading of await Promise.all(readings)) {
        same([keys.length, new Set(reading.values()).size], [reading.size, 1]);
      }
    },
  },
];

function group(key: string, text: string): Map<string, string> {
  return new Map([[key, text]]);
}

/** Throws unless the store holds exactly these groups. */
export async function holds(store: GroupStore, expected: ReadonlyMap<string, string>): Promise<void> {
  same((await store.keys()).sort(), [...expected.keys()].sort());
  const found = await store.read([...expected.keys(), 'not there']);
  same(found.size, expected.size);
  for (const [key, text] of expected) {
    if (found.get(key) !== text) throw new Error(`${key} is not what was written`);
  }
}

function same(found: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is !== should) throw new Error(`found ${is}, expected ${should}`);
}
