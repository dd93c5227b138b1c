/** Items as screens and commands use them: looked at, and changed by hand. */
import type { AgentSession } from '../model/agent-session.ts';
import type { Evidence, Item } from '../model/item.ts';
import { bodyHash } from '../model/item.ts';
import type { EvidencePlace, ItemAction, MemoryPage, MemoryQuery, Reason, Undoable } from '../model/memory-views.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { GroupStore } from '../state/group-store.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import { laterThan } from '../state/hybrid-clock.ts';
import { withItems } from '../state/item-record.ts';
import { withoutItems } from '../state/deletions.ts';
import type { PersonaState } from '../state/records.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { Done } from './actions.ts';
import { doAction, undone } from './actions.ts';
import { plain, queryMemory } from './query.ts';
import { decodeUndo, encodeUndo, UNDO_KEY } from './undo-log.ts';

/** The whole texts of a session's messages by id; null when no source that is connected has it. */
export type ReadTexts = (sessionId: string) => Promise<ReadonlyMap<string, string> | null>;

export class MemoryDesk {
  readonly #access: StateAccess;
  #done: readonly Done[];

  constructor(access: StateAccess, done: readonly Done[]) {
    this.#access = access;
    this.#done = done;
  }

  query(query?: MemoryQuery): MemoryPage {
    return queryMemory(this.#state.items.values(), query);
  }

  item(id: string): Item | null {
    const item = this.#state.items.get(id);
    return item === undefined ? null : plain(item);
  }

  get lastDone(): Undoable | null {
    const last = this.#done.at(-1);
    return last === undefined ? null : { kind: last.kind, name: last.name, time: last.time };
  }

  /** Throws ProblemError `no-item`. Gives back the item that was changed, as it is now. */
  change(action: ItemAction): Promise<Item> {
    return this.#access.inTurn(async () => {
      const now = this.#access.now();
      const done = doAction(this.#state.items, action, now);
      await this.#commit(done.after, [...this.#done, done], now, deletedBy(done));
      const first = done.after[0] ?? done.before[0];
      if (first === undefined) throw new Error('an action changed nothing');
      return plain(first);
    });
  }

  /** Takes back the last action; null when there is none. */
  undo(): Promise<Undoable | null> {
    return this.#access.inTurn(async () => {
      const last = this.#done.at(-1);
      if (last === undefined) return null;
      const now = this.#access.now();
      await this.#commit(undone(this.#state.items, last, now), this.#done.slice(0, -1), now);
      return { kind: last.kind, name: last.name, time: last.time };
    });
  }

  /** What was kept was replaced: nothing done before can be undone. */
  forget(): void {
    this.#done = [];
  }

  /** @param read for evidence whose messages no persona keeps */
  async why(id: string, read: ReadTexts): Promise<Reason> {
    const { items } = this.#state;
    const item = items.get(id);
    if (item === undefined) throw noItem(id);
    const kept = keptTexts(this.#state, item.evidence);
    const texts = new Map<string, ReadonlyMap<string, string> | null>();
    const evidence: Reason['evidence'][number][] = [];
    for (const each of item.evidence) {
      const { sessionId } = each;
      if (!kept.has(each.messageId) && !texts.has(sessionId)) texts.set(sessionId, await read(sessionId));
      const session = this.#access.catalog.get(sessionId);
      evidence.push({
        ...each,
        ...labelOf(session, sessionId),
        place: placeOf(each, kept, texts.get(sessionId) ?? null),
      });
    }
    const merged = [...items.values()].filter(({ supersededBy }) => supersededBy === id).map(plain);
    return { item: plain(item), evidence, merged };
  }

  get #state(): PersonaState {
    return this.#access.keeper.state;
  }

  async #commit(
    changed: readonly Item[],
    done: readonly Done[],
    now: number,
    deleted: readonly string[] = [],
  ): Promise<void> {
    const state = this.#state;
    const clock = this.#access.stamp(now);
    const ids = [...changed.map(({ id }) => id), ...deleted];
    // one stamp for all of them, later than whatever was done to any, also by a clock that is ahead
    const stamp = ids.reduce((latest, id) => laterThan(latest, versionOf(state, id)), clock);
    const changedItems = withItems(state.items, changed, stamp, 'person');
    const { items, gone } = withoutItems({ ...state, items: changedItems }, deleted, stamp);
    const next = { ...state, meta: { ...state.meta, clock }, items, gone };
    await this.#access.commit({ state: next, writes: new Map([[UNDO_KEY, encodeUndo(done)]]) });
    this.#done = done;
  }
}

function deletedBy({ before, after }: Done): string[] {
  const left = new Set(after.map(({ id }) => id));
  return before.map(({ id }) => id).filter((id) => !left.has(id));
}

function versionOf({ items, gone }: PersonaState, id: string): Stamp | null {
  const item = items.get(id);
  const stamps = [item?.version, item?.decided, item?.wordsSince, gone.deleted.get(id), gone.horizon];
  return (
    stamps
      .filter((stamp) => stamp !== undefined && stamp !== null)
      .sort()
      .at(-1) ?? null
  );
}

/** What can still be undone from before a restart. */
export async function loadUndo(store: GroupStore): Promise<readonly Done[]> {
  return decodeUndo((await store.read([UNDO_KEY])).get(UNDO_KEY));
}

function labelOf(session: AgentSession | undefined, id: string): { sessionTitle: string; projectName: string } {
  return { sessionTitle: session?.summary ?? id, projectName: session?.projectName ?? '' };
}

/** Messages that personas keep, null where only the head is kept. */
function keptTexts({ personas }: PersonaState, evidence: readonly Evidence[]): Map<string, string | null> {
  const wanted = new Set(evidence.map(({ messageId }) => messageId));
  const kept = new Map<string, string | null>();
  for (const { messages } of personas.values())
    for (const { id, text, clippedFrom } of messages)
      if (wanted.has(id)) kept.set(id, clippedFrom === undefined ? text : null);
  return kept;
}

function placeOf(
  { messageId, hash }: Evidence,
  kept: ReadonlyMap<string, string | null>,
  texts: ReadonlyMap<string, string> | null,
): EvidencePlace {
  const text = kept.get(messageId);
  if (text === null) return 'kept';
  if (text !== undefined) return bodyHash(text) === hash ? 'kept' : 'changed';
  if (texts === null) return 'not-connected';
  const read = texts.get(messageId);
  if (read === undefined) return 'gone';
  return bodyHash(read) === hash ? 'in-source' : 'changed';
}

function noItem(id: string): ProblemError {
  return new ProblemError(problem('no-item', 'error', 'memory', `There is no item ${id}. Look at the list again.`));
}
