/**
 * Loads persona state from its groups and says what must be written when it changes. A group that can't be read is moved
 * aside under its own key, never overwritten; the value before it is kept under `previous/` and offered back.
 */
import type { SetAside } from '../model/views.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { GroupStore } from './group-store.ts';
import { NewerSchema, parseGroup } from './migrate.ts';
import type { MessageRecord, PersonaGroup, PersonaState } from './records.ts';
import { byTimeThenId, emptyState } from './records.ts';
import {
  decodeMeta,
  decodePersona,
  decodeTopics,
  encodeInjected,
  encodeMeta,
  encodePersona,
  encodeTopics,
} from './serialise.ts';
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
import { utf8Length } from './utf8.ts';

export const STATE_PREFIX = 'state/';
const PERSONA_PREFIX = 'state/persona/';
export const META = 'state/meta';
const TOPICS = 'state/topics';
const ITEMS = 'state/items';
const LEDGER = 'state/ledger';
const SETTINGS = 'state/settings';
const GONE = 'state/gone';
/** Device-local: it counts toward the limit, and goes into no backup. */
const INJECTED_PREFIX = 'injected/';
const PREVIOUS = 'previous/';
const ASIDE = 'aside/';

export type Writes = Map<string, string | null>;

export interface LoadedState {
  readonly keeper: StateKeeper;
  readonly setAside: readonly SetAside[];
}

/** A change of state, ready to be committed with others in one transaction. */
export interface PreparedState {
  readonly writes: Writes;
  /** Serialised bytes of the whole state after the commit. */
  readonly bytes: number;
  /** To be called when the commit has succeeded. */
  accept(): void;
}

export class StateKeeper {
  #state: PersonaState;
  #texts: Map<string, string>;
  #bytes: Map<string, number>;

  constructor(state: PersonaState, texts: Map<string, string>) {
    this.#state = state;
    this.#texts = texts;
    this.#bytes = new Map([...texts].map(([key, text]) => [key, utf8Length(text)]));
  }

  get state(): PersonaState {
    return this.#state;
  }

  get bytes(): number {
    return sum(this.#bytes.values());
  }

  /** Of items, ledger, settings and what is gone. */
  get memoryBytes(): number {
    return sum([ITEMS, LEDGER, SETTINGS, GONE].map((key) => this.#bytes.get(key) ?? 0));
  }

  bytesOf(personaId: string): number {
    const keys = [PERSONA_PREFIX + personaId, INJECTED_PREFIX + personaId];
    return sum(keys.map((key) => this.#bytes.get(key) ?? 0));
  }

  /** Encodes what differs from the last commit. Groups whose text is the same are not written. */
  prepare(next: PersonaState): PreparedState {
    const texts = new Map(this.#texts);
    const bytes = new Map(this.#bytes);
    const writes: Writes = new Map();
    for (const [key, encode] of groupsOf(next, this.#state)) {
      const text = encode();
      const before = this.#texts.get(key);
      if (text === (before ?? null)) continue;
      writes.set(key, text);
      if (before !== undefined && isOfferedBack(key)) writes.set(PREVIOUS + key, before);
      if (text === null) {
        texts.delete(key);
        bytes.delete(key);
        continue;
      }
      texts.set(key, text);
      bytes.set(key, utf8Length(text));
    }
    return {
      writes,
      bytes: sum(bytes.values()),
      accept: () => {
        this.#state = next;
        this.#texts = texts;
        this.#bytes = bytes;
      },
    };
  }
}

/** Reads all state groups. Throws ProblemError `state-newer` when a later version of the program wrote one of them. */
export async function loadState(store: GroupStore, newDeviceId: () => string, now: number): Promise<LoadedState> {
  const keys = (await store.keys()).filter((key) => key.startsWith(STATE_PREFIX) || key.startsWith(INJECTED_PREFIX));
  const stored = await store.read(keys);
  const setAside: SetAside[] = [];
  const writes: Writes = new Map();
  const loading = new Loading();
  for (const key of [...stored.keys()].sort()) {
    const text = stored.get(key) ?? '';
    try {
      loading.take(key, text);
    } catch (error) {
      if (error instanceof NewerSchema) throw newerState(error);
      const keptAs = `${ASIDE}${new Date(now).toISOString()}/${key}`;
      writes.set(keptAs, text).set(key, null);
      stored.delete(key);
      setAside.push({
        group: key,
        keptAs,
        reason: reasonOf(error),
        previousReadable: await isReadable(store, PREVIOUS + key),
      });
    }
  }
  if (writes.size > 0) await store.commit(writes);
  return { keeper: new StateKeeper(loading.state(newDeviceId), stored), setAside };
}

/** The state as its groups are read, whatever their order. */
class Loading {
  #meta: PersonaState['meta'] | null = null;
  #rest: Partial<PersonaState> = {};
  readonly #personas = new Map<string, PersonaGroup>();
  readonly #injected = new Map<string, readonly MessageRecord[]>();

  /** Throws when the text can't be read. */
  take(key: string, text: string): void {
    const parsed = parseGroup(key, text);
    if (key === META) this.#meta = decodeMeta(parsed);
    else if (key === TOPICS) this.#rest = { ...this.#rest, topics: decodeTopics(parsed) };
    else if (key === ITEMS) this.#rest = { ...this.#rest, items: decodeItems(parsed) };
    else if (key === LEDGER) this.#rest = { ...this.#rest, ledger: decodeLedger(parsed) };
    else if (key === SETTINGS) this.#rest = { ...this.#rest, settings: decodeSettings(parsed) };
    else if (key === GONE) this.#rest = { ...this.#rest, gone: decodeGone(parsed) };
    else if (key.startsWith(PERSONA_PREFIX)) {
      const group = decodePersona(parsed);
      this.#personas.set(group.record.id, group);
    } else if (key.startsWith(INJECTED_PREFIX)) {
      const { record, messages } = decodePersona(parsed);
      this.#injected.set(record.id, messages);
    }
  }

  state(newDeviceId: () => string): PersonaState {
    const empty = emptyState(this.#meta?.device ?? newDeviceId());
    const personas = new Map(
      [...this.#personas].map(([id, group]): [string, PersonaGroup] => {
        const injected = this.#injected.get(id) ?? [];
        if (injected.length === 0) return [id, group];
        return [id, { ...group, messages: [...group.messages, ...injected].sort(byTimeThenId) }];
      }),
    );
    return { ...empty, ...this.#rest, meta: this.#meta ?? empty.meta, personas };
  }
}

/** Where this device stands is no use a commit later, and what was injected is in its source. */
function isOfferedBack(key: string): boolean {
  return key !== META && !key.startsWith(INJECTED_PREFIX);
}

/** What to write to take back the last good value of a group. Throws when there is none. */
export async function previousValue(store: GroupStore, group: string): Promise<Writes> {
  const text = (await store.read([PREVIOUS + group])).get(PREVIOUS + group);
  if (text === undefined) {
    throw new ProblemError(
      problem('state-unreadable', 'error', group, `There is no earlier copy of ${group} to take back.`),
    );
  }
  return new Map([[group, text]]);
}

/** Where the text of each group comes from, null for one that is gone; only groups whose records were replaced are encoded. */
function* groupsOf(next: PersonaState, before: PersonaState): Generator<[string, () => string | null]> {
  yield [META, () => encodeMeta(next.meta)];
  if (next.topics !== before.topics) yield [TOPICS, () => encodeTopics(next.topics.values())];
  if (next.items !== before.items) yield [ITEMS, () => encodeItems(next.items.values())];
  if (next.ledger !== before.ledger) yield [LEDGER, () => encodeLedger(next.ledger.values())];
  const { settings } = next;
  if (settings !== before.settings) yield [SETTINGS, () => (settings === null ? null : encodeSettings(settings))];
  if (next.gone !== before.gone) yield [GONE, () => encodeGone(next.gone)];
  for (const [id, group] of next.personas) {
    const known = before.personas.get(id);
    if (group === known) continue;
    if (!isSameKept(group, known)) yield [PERSONA_PREFIX + id, () => encodePersona(group)];
    yield [INJECTED_PREFIX + id, () => encodeInjected(group)];
  }
  for (const id of before.personas.keys()) {
    if (next.personas.has(id)) continue;
    yield [PERSONA_PREFIX + id, () => null];
    yield [INJECTED_PREFIX + id, () => null];
  }
}

/** Only injected messages came, went or changed: what is kept, and may be megabytes, is not written again. */
function isSameKept(group: PersonaGroup, before: PersonaGroup | undefined): boolean {
  if (before === undefined || group.record !== before.record) return false;
  const kept = group.messages.filter(({ injected }) => !injected);
  const keptBefore = before.messages.filter(({ injected }) => !injected);
  return kept.length === keptBefore.length && kept.every((record, at) => record === keptBefore[at]);
}

async function isReadable(store: GroupStore, key: string): Promise<boolean> {
  const text = (await store.read([key])).get(key);
  if (text === undefined) return false;
  try {
    parseGroup(key, text);
    return true;
  } catch {
    return false;
  }
}

function newerState(error: NewerSchema): ProblemError {
  return new ProblemError(
    problem(
      'state-newer',
      'error',
      'persona state',
      `What is stored here was written by a later version of Dramatis (${error.message}). Update the app; nothing was touched.`,
    ),
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
