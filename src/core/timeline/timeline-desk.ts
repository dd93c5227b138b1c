/** The time axis of a persona, and what is asked about a place on it. */
import { loadTimes } from '../catalog/catalog.ts';
import { monthOf } from '../catalog/catalog-groups.ts';
import { groupBy } from '../model/group-by.ts';
import type { Item } from '../model/item.ts';
import type { TimelineRow } from '../model/views.ts';
import type { MessageRecord, PersonaGroup } from '../state/records.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { Axis } from './axis.ts';
import type { MarkSource } from './build-axis.ts';
import { buildAxis } from './build-axis.ts';
import type { Member } from './members.ts';
import { membersOf, spanOf } from './members.ts';
import type { Moments } from './moments.ts';
import { momentsOf } from './moments.ts';
import type { AxisMark, AxisSession, AxisSessionPage } from './timeline-views.ts';

/** What an axis was made of. */
interface Made {
  readonly version: number;
  readonly members: readonly Member[];
  /** Their places in the order of the table. */
  readonly order: readonly number[];
  readonly marks: readonly MarkSource[];
  /** How many marks each session has, by id. */
  readonly marked: ReadonlyMap<string, number>;
}

export class TimelineDesk {
  readonly #access: StateAccess;
  readonly #rowsOf: (group: PersonaGroup) => readonly TimelineRow[];
  /** The last axis of each persona. */
  readonly #made = new Map<string, Made>();
  readonly #places = new WeakMap<readonly TimelineRow[], ReadonlyMap<string, number[]>>();
  #versions = 0;

  /** @param rowsOf the lines of a persona's conversation, the same array as long as nothing changed */
  constructor(access: StateAccess, rowsOf: (group: PersonaGroup) => readonly TimelineRow[]) {
    this.#access = access;
    this.#rowsOf = rowsOf;
  }

  /**
   * Everything the axis is drawn from. Null: no such persona.
   *
   * @param moments whether to read the moments of the sessions: without them it is there at once
   */
  async axis(personaId: string, moments: boolean): Promise<Axis | null> {
    const group = this.#group(personaId);
    if (group === undefined) return null;
    const { catalog, keeper } = this.#access;
    const { id } = group.record;
    const members = membersOf(catalog, id);
    const marks = marksOf(keeper.state.items.values(), id, members);
    const found = moments ? await this.#moments(members, group.messages) : null;
    this.#versions += 1;
    const version = this.#versions;
    const marked = new Map<string, number>();
    for (const { evidence } of marks) marked.set(evidence.sessionId, (marked.get(evidence.sessionId) ?? 0) + 1);
    this.#made.set(id, { version, members, order: tableOrder(members), marks, marked });
    return buildAxis({ version, now: this.#access.now(), keptFrom: keptFrom(group), members, moments: found, marks });
  }

  /**
   * A session of an axis, and where the conversation has it. Null: there is a newer axis.
   *
   * @param time the message of the session nearest to it is meant; null: the first
   */
  session(personaId: string, version: number, session: number, time: number | null): AxisSession | null {
    const member = this.#madeOf(personaId, version)?.members[session];
    return member === undefined ? null : this.#session(personaId, version, session, time);
  }

  /** Words that something is remembered by. Null: there is a newer axis. */
  mark(personaId: string, version: number, mark: number): AxisMark | null {
    const source = this.#madeOf(personaId, version)?.marks[mark];
    if (source === undefined) return null;
    const { item, evidence } = source;
    const { sessionId, messageId, time, text } = evidence;
    const title = this.#access.catalog.get(sessionId)?.summary ?? sessionId;
    return {
      kind: item.kind,
      name: item.name,
      text,
      time,
      sessionId,
      messageId,
      title,
      row: this.#rowOf(personaId, messageId),
    };
  }

  /** The sessions of an axis, newest first, each with its sub-agents after it: the table of it. Null: there is a newer axis. */
  sessions(personaId: string, version: number, offset: number, limit: number): AxisSessionPage | null {
    const made = this.#madeOf(personaId, version);
    if (made === undefined) return null;
    const rows = made.order
      .slice(offset, offset + limit)
      .flatMap((session) => this.#session(personaId, version, session, null) ?? []);
    return { total: made.order.length, offset, rows };
  }

  #session(personaId: string, version: number, session: number, time: number | null): AxisSession | null {
    const made = this.#madeOf(personaId, version);
    const member = made?.members[session];
    if (made === undefined || member === undefined) return null;
    const { row, root } = member;
    const { sessionId, summary, projectName, messageCount, toolCallCount, endTime } = row;
    const places = this.#keptPlaces(personaId).get(sessionId) ?? [];
    const at = this.#nearest(personaId, places, time);
    const line = at === null ? undefined : this.#rows(personaId)[at];
    return {
      session,
      sessionId,
      title: summary,
      projectName,
      ...spanOf(row),
      isEndKnown: endTime !== null,
      isSubagent: root !== session,
      messages: messageCount,
      toolCalls: toolCallCount,
      marks: made.marked.get(sessionId) ?? 0,
      kept: places.length,
      row: at,
      messageId: line?.kind === 'message' ? line.id : null,
    };
  }

  /** Month by month, so that others are answered in between. */
  async #moments(members: readonly Member[], kept: readonly MessageRecord[]): Promise<Moments[]> {
    const keptBySession = groupBy(kept, ({ sessionId }) => sessionId);
    const found = new Map<string, Moments>();
    for (const inMonth of groupBy(members, ({ row }) => monthOf(row.startTime)).values()) {
      const rows = inMonth.map(({ row }) => row);
      const times = await loadTimes(this.#access.store, rows);
      for (const row of rows) {
        const { sessionId } = row;
        found.set(sessionId, momentsOf(row, times.get(sessionId), keptBySession.get(sessionId) ?? []));
      }
    }
    return members.map(({ row }) => found.get(row.sessionId) ?? momentsOf(row, undefined, []));
  }

  #group(personaId: string): PersonaGroup | undefined {
    return this.#access.keeper.state.personas.get(personaId.toLowerCase());
  }

  #madeOf(personaId: string, version: number): Made | undefined {
    const made = this.#made.get(personaId.toLowerCase());
    return made?.version === version ? made : undefined;
  }

  #rows(personaId: string): readonly TimelineRow[] {
    const group = this.#group(personaId);
    return group === undefined ? [] : this.#rowsOf(group);
  }

  /** Which lines of the conversation are of a session, by its id; of a fork also those it shares. */
  #keptPlaces(personaId: string): ReadonlyMap<string, number[]> {
    const rows = this.#rows(personaId);
    const known = this.#places.get(rows);
    if (known !== undefined) return known;
    const places = new Map<string, number[]>();
    for (const [at, row] of rows.entries()) {
      if (row.kind !== 'message') continue;
      for (const id of [row.sessionId, ...row.alsoIn]) {
        const lines = places.get(id);
        if (lines === undefined) places.set(id, [at]);
        else lines.push(at);
      }
    }
    this.#places.set(rows, places);
    return places;
  }

  #nearest(personaId: string, places: readonly number[], time: number | null): number | null {
    const rows = this.#rows(personaId);
    const far = (at: number): number => Math.abs((rows[at]?.time ?? 0) - (time ?? 0));
    const [first = null] = places;
    if (first === null || time === null) return first;
    return places.reduce((nearest, at) => (far(at) < far(nearest) ? at : nearest), first);
  }

  #rowOf(personaId: string, messageId: string): number | null {
    const row = this.#rows(personaId).findIndex((each) => each.kind === 'message' && each.id === messageId);
    return row === -1 ? null : row;
  }
}

function tableOrder(members: readonly Member[]): number[] {
  const isCalled = (at: number): number => (members[at]?.root === at ? 0 : 1);
  const rootOf = (at: number): number => members[at]?.root ?? at;
  return [...members.keys()].sort((a, b) => rootOf(b) - rootOf(a) || isCalled(a) - isCalled(b) || a - b);
}

/** The evidence of what a persona was told, by time; others may have been told the same in sessions of theirs. */
function marksOf(items: Iterable<Item>, personaId: string, members: readonly Member[]): MarkSource[] {
  const sessions = new Set(members.map(({ row }) => row.sessionId));
  const marks: MarkSource[] = [];
  for (const item of items) {
    if (item.status === 'rejected' || item.status === 'superseded' || !item.learnedBy.includes(personaId)) continue;
    for (const evidence of item.evidence) if (sessions.has(evidence.sessionId)) marks.push({ item, evidence });
  }
  return marks.sort((a, b) => a.evidence.time - b.evidence.time);
}

/** Messages that were brought back to be read go again: they make no part of what is kept. */
function keptFrom({ messages }: PersonaGroup): number | null {
  return messages.find(({ injected }) => !injected)?.time ?? null;
}
