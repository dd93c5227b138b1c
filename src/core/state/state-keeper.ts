/**
 * Loads persona state from its groups and says what must be written when it changes. A group that can't be read is moved
 * aside under its own key, never overwritten; the value before it is kept under `previous/` and offered back.
 */
import type { SetAside } from '../model/views.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { GroupStore } from './group-store.ts';
import { NewerSchema, parseGroup } from './migrate.ts';
import type { PersonaGroup, PersonaState } from './records.ts';
import { emptyState } from './records.ts';
import { decodeMeta, decodePersona, decodeTopics, encodeMeta, encodePersona, encodeTopics } from './serialise.ts';
import { utf8Length } from './utf8.ts';

export const STATE_PREFIX = 'state/';
const PERSONA_PREFIX = 'state/persona/';
export const META = 'state/meta';
const TOPICS = 'state/topics';
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

  bytesOf(personaId: string): number {
    return this.#bytes.get(PERSONA_PREFIX + personaId) ?? 0;
  }

  /** Encodes what differs from the last commit. Groups whose text is the same are not written. */
  prepare(next: PersonaState): PreparedState {
    const texts = new Map(this.#texts);
    const bytes = new Map(this.#bytes);
    const writes: Writes = new Map();
    for (const [key, encode] of groupsOf(next, this.#state)) {
      const text = encode();
      const before = this.#texts.get(key);
      if (text === before) continue;
      writes.set(key, text);
      if (before !== undefined && key !== META) writes.set(PREVIOUS + key, before);
      texts.set(key, text);
      bytes.set(key, utf8Length(text));
    }
    for (const id of this.#state.personas.keys()) {
      if (next.personas.has(id)) continue;
      writes.set(PERSONA_PREFIX + id, null);
      texts.delete(PERSONA_PREFIX + id);
      bytes.delete(PERSONA_PREFIX + id);
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
  const keys = (await store.keys()).filter((key) => key.startsWith(STATE_PREFIX));
  const stored = await store.read(keys);
  const setAside: SetAside[] = [];
  const writes: Writes = new Map();
  let state: PersonaState | null = null;
  const personas = new Map<string, PersonaGroup>();
  let topics: PersonaState['topics'] = new Map();
  for (const key of [...stored.keys()].sort()) {
    const text = stored.get(key) ?? '';
    try {
      if (key === META) state = { ...emptyState(''), meta: decodeMeta(parseGroup(key, text)) };
      else if (key === TOPICS) topics = decodeTopics(parseGroup(key, text));
      else if (key.startsWith(PERSONA_PREFIX)) {
        const group = decodePersona(parseGroup(key, text));
        personas.set(group.record.id, group);
      }
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
  const meta = state?.meta ?? emptyState(newDeviceId()).meta;
  return { keeper: new StateKeeper({ meta, personas, topics }, stored), setAside };
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

/** Where the text of each group comes from; only groups whose records were replaced are encoded. */
function* groupsOf(next: PersonaState, before: PersonaState): Generator<[string, () => string]> {
  yield [META, () => encodeMeta(next.meta)];
  if (next.topics !== before.topics) yield [TOPICS, () => encodeTopics(next.topics.values())];
  for (const [id, group] of next.personas) {
    if (group !== before.personas.get(id)) yield [PERSONA_PREFIX + id, () => encodePersona(group)];
  }
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
