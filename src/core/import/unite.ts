/**
 * One session out of the copies that several stores hold of it: the newest copy says what the session is, and of the others
 * come the messages it does not have. The result is the same in whatever order the copies are read, in one import or several.
 */
import { joinActivities } from '../activity/entries.ts';
import type { CatalogChange } from '../catalog/catalog.ts';
import { READING } from '../model/activity.ts';
import type { CatalogRow, SessionTimes } from '../model/agent-session.ts';
import type { SaidIndex, SessionCopy } from '../model/session-copy.ts';
import { byPrecedence, copiesOf } from './copies.ts';
import { PROMPTS_KEPT } from './prompts.ts';
import type { Said } from './said.ts';
import { decodeSaid, encodeSaid, saidKey } from './said.ts';
import { agentShares, ascending, firstAndLast, TOOL_TIMES_KEPT, USER_TIMES_KEPT } from './session-note.ts';

interface Copy {
  readonly copy: SessionCopy;
  /** Messages no copy before it has; null when there were too many to remember them. */
  readonly said: readonly Said[] | null;
}

type Indexed = Required<CatalogChange>;

/**
 * @param before what is known of the session, of one store or several; of its moments nothing when they were lost
 * @param fresh what was just read of it from one store
 */
export function unite(before: CatalogChange, fresh: Indexed): Indexed {
  const { store } = fresh.row;
  // a forgotten store has no name
  const others = copiesIn(before).filter(({ copy }) => copy.store !== store && copy.store !== '');
  if (others.length === 0) return fresh;
  const ordered = withoutRepeats([...others, ...copiesIn(fresh)].sort((a, b) => byPrecedence(a.copy, b.copy)));
  const first = ordered[0]?.copy.store;
  const base = first === store || before.row.store !== first ? fresh : before;
  const copies = ordered.map(({ copy }) => copy);
  const said = ordered.flatMap(({ said: entries }) => (entries === null ? [] : [entries]));
  if (said.length < ordered.length)
    return {
      row: { ...base.row, vanished: null, copies },
      times: base.times ?? fresh.times,
      activity: base.activity ?? fresh.activity,
    };
  return united(base.row, copies, said, [before, fresh]);
}

/** Whether all that an earlier reading told of a session is there, so that what came since can go on from it. */
export function canGoOn({ row, times, activity }: CatalogChange): boolean {
  return row.copies === undefined && times?.said?.length === 1 && row.reading === READING && activity !== undefined;
}

/**
 * One session out of what an earlier reading of a store told of it, and what the same store told since.
 *
 * @param later what was told now, in order
 */
export function goOn(before: CatalogChange, fresh: Indexed, later: readonly Said[]): Indexed {
  const told = new Set(later.map(({ key }) => key));
  const earlier = copiesIn(before).flatMap(({ said }) => said ?? []);
  const whole = inOrder([earlier.filter(({ key }) => !told.has(key)), later]);
  const { row, times, activity } = united(fresh.row, copiesOf(fresh.row), [whole], [before, fresh]);
  const { copies: _copies, vanished: _vanished, ...rest } = row;
  return { row: rest, times, activity };
}

/** Whether a message of a session that several stores hold is taken from this one. */
export function takenFrom({ row, times }: CatalogChange, store: string): (messageId: string) => boolean {
  const place = row.copies?.findIndex((copy) => copy.store === store) ?? -1;
  if (place === -1) return () => true;
  const index = times?.said?.[place];
  // without an index the first copy counts alone
  if (index === undefined || times?.said?.length !== row.copies?.length) return () => place === 0;
  const keys = new Set(decodeSaid(index).map(({ key }) => key));
  return (messageId) => keys.has(saidKey(messageId));
}

/** Keys of every message that is known of a session, or null when they were too many to remember. */
export function knownKeys(change: CatalogChange): ReadonlySet<string> | null {
  const copies = copiesIn(change);
  if (copies.some(({ said }) => said === null)) return null;
  return new Set(copies.flatMap(({ said }) => said ?? []).map(({ key }) => key));
}

function copiesIn({ row, times }: CatalogChange): Copy[] {
  const copies = copiesOf(row);
  const isWhole = times?.said?.length === copies.length;
  const isLost = (copy: SessionCopy): boolean => (row.vanished ?? null) !== null && copy.store === row.store;
  return copies.map((copy, at) => ({
    copy: isLost(copy) ? { ...copy, lost: true } : copy,
    said: isWhole ? decoded(times.said?.[at]) : null,
  }));
}

function decoded(index: SaidIndex | undefined): readonly Said[] | null {
  return index === undefined ? null : decodeSaid(index);
}

function withoutRepeats(copies: readonly Copy[]): Copy[] {
  const seen = new Set<string>();
  return copies.map(({ copy, said }, at) => {
    if (said === null) return { said, copy: at === 0 ? copy : { ...copy, further: 0, spoken: 0 } };
    const own = said.filter(({ key }) => !seen.has(key));
    for (const { key } of own) seen.add(key);
    const spoken = own.filter(({ forPersona, hasText }) => forPersona && hasText).length;
    return { said: own, copy: { ...copy, further: own.length, spoken } };
  });
}

function united(
  base: CatalogRow,
  copies: readonly SessionCopy[],
  said: readonly (readonly Said[])[],
  changes: readonly [CatalogChange, Indexed],
): Indexed {
  const entries = inOrder(said);
  const words = new Map(changes.flatMap(promptsByKey));
  const prompts = promptEntries(entries).slice(0, PROMPTS_KEPT);
  const userPrompts = prompts.flatMap(({ key }) => words.get(key) ?? []);
  const lastTime = entries.reduce((last, { time }) => Math.max(last, time), base.sourceUpdated);
  const toolCalls = entries.flatMap((entry) => entry.toolCalls).sort(ascending);
  const row: CatalogRow = {
    ...base,
    endTime: lastTime > base.startTime ? lastTime : null,
    messageCount: entries.length,
    assistantMessageCount: entries.filter(({ role }) => role === 'assistant').length,
    toolCallCount: toolCalls.length,
    startingPrompt: userPrompts[0] ?? null,
    userPrompts,
    readThrough: Math.max(...changes.map((change) => change.row.readThrough)),
    agents: agentShares(entries),
    offered: copies[0]?.offered ?? base.offered,
    vanished: null,
    copies,
  };
  const userMessages = entries.filter(({ role }) => role === 'user').map(({ time }) => time);
  const times = {
    sessionId: base.sessionId,
    userMessages: userMessages.sort(ascending).slice(0, USER_TIMES_KEPT),
    toolCalls: firstAndLast(toolCalls, TOOL_TIMES_KEPT),
    ...indexOf(said),
  };
  const [{ activity }, fresh] = changes;
  return { row, times, activity: activity === undefined ? fresh.activity : joinActivities(activity, fresh.activity) };
}

function indexOf(said: readonly (readonly Said[])[]): Pick<SessionTimes, 'said'> {
  const indices = said.map(encodeSaid).filter((index) => index !== null);
  return indices.length === said.length ? { said: indices } : {};
}

/** By time; at the same time, in the order of the copies. */
function inOrder(said: readonly (readonly Said[])[]): Said[] {
  return said.flat().sort((a, b) => a.time - b.time);
}

function promptEntries(entries: readonly Said[]): Said[] {
  return entries.filter(({ role, hasText }) => role === 'user' && hasText);
}

/** The first prompts are kept in the row, in the order of the index. */
function promptsByKey(change: CatalogChange): [string, string][] {
  const entries = inOrder(copiesIn(change).map(({ said }) => said ?? []));
  return promptEntries(entries)
    .slice(0, PROMPTS_KEPT)
    .flatMap(({ key }, at): [string, string][] => {
      const words = change.row.userPrompts[at];
      return words === undefined ? [] : [[key, words]];
    });
}
