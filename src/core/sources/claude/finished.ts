/** Makes sessions of a draft: the one its file is named after, and one for each sidechain written into it. */
import type { SessionHead } from '../source.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Draft } from './draft.ts';
import type { DraftMessage } from './draft-message.ts';
import type { ListedSession } from './listing.ts';
import { agentIdOf, agentSessionId, helperName, listedHead, typeOf } from './listing.ts';
import type { Scanned } from './scan.ts';
import type { Span } from './sidechains.ts';
import { joinSpans } from './sidechains.ts';

export const MAIN_AGENT = 'main';
/** An agent of which nothing says what it is. */
const UNKNOWN_AGENT = 'subagent';

export interface ClaudeSessionHead extends SessionHead {
  /** Every folder its lines name. The first is the session's. */
  readonly directories: readonly string[];
}

export interface FinishedSession {
  readonly head: ClaudeSessionHead;
  readonly agent: string;
  /** Those that belong to it, in the order of the lines. */
  readonly messages: readonly TimedMessage[];
}

export interface TimedMessage {
  readonly message: DraftMessage;
  readonly time: number;
  readonly updated: number;
}

/** What other files say of agents. */
export interface AgentTypes {
  /** By the id of the agent, or null. */
  typeOf(agentId: string): string | null;
}

const SIDE_MARK = ':';

/** The file a session stands in, for sidechains that have none of their own. */
export function fileSessionId(sessionId: string): string {
  const mark = sessionId.indexOf(SIDE_MARK);
  return mark === -1 ? sessionId : sessionId.slice(0, mark);
}

/**
 * @param isOwned whether a message of this id belongs here, and is no copy
 * @param meta the type of agent the file beside it names, or null
 */
export function finish(
  session: ListedSession,
  { draft, version, modified }: Scanned,
  isOwned: (id: string) => boolean,
  types: AgentTypes,
  meta: string | null,
): FinishedSession[] {
  const owned = [...draft.messages.values()].filter(({ id }) => isOwned(id));
  const timed = withTimes(owned, modified);
  const copies = owned.length < draft.messages.size;
  const span = (copies ? spanOf(timed) : draft.span) ?? { start: modified, end: modified };
  const head = {
    ...listedHead(session),
    parentId: parentOf(session, draft),
    title: draft.title,
    ...folders(draft),
    ...times(span),
    version,
  };
  const bySide = groupBy(timed, ({ message }) =>
    message.side === null ? null : draft.sidechains.rootOf(message.side),
  );
  const agent = agentOf(session, types, meta);
  const sides = [...bySide].flatMap(([root, messages]) => (root === null ? [] : [{ root, messages }]));
  const spans = sides.length === 0 ? null : draft.sidechains.spans();
  return [
    { head, agent, messages: bySide.get(null) ?? [] },
    ...sides.map(({ root, messages }) => sidechain(head, root, messages, spans?.get(root), draft, types)),
  ];
}

function sidechain(
  parent: ClaudeSessionHead,
  root: string,
  messages: readonly TimedMessage[],
  span: Span | undefined,
  draft: Draft,
  types: AgentTypes,
): FinishedSession {
  const task = draft.sidechains.taskOf(root);
  const agent = types.typeOf(root) ?? (task === null ? undefined : draft.typeByTask.get(task)) ?? UNKNOWN_AGENT;
  const type = typeOf(agentSessionId(root));
  const whole = span ?? spanOf(messages) ?? { start: parent.timeCreated, end: parent.timeCreated };
  const id = `${parent.id}${SIDE_MARK}${root}`;
  return { head: { ...parent, id, parentId: parent.id, title: '', type, ...times(whole) }, agent, messages };
}

function parentOf(session: ListedSession, draft: Draft): string | null {
  if (session.type === 'user' || session.parentId !== null) return session.parentId;
  let [most, parent]: [number, string | null] = [0, null];
  for (const [name, count] of draft.named) if (count > most) [most, parent] = [count, name];
  return parent;
}

function agentOf(session: ListedSession, types: AgentTypes, meta: string | null): string {
  if (session.type === 'user') return MAIN_AGENT;
  return helperName(session.id) ?? meta ?? types.typeOf(agentIdOf(session.id)) ?? UNKNOWN_AGENT;
}

function folders({ directories }: Draft): Pick<ClaudeSessionHead, 'directory' | 'directories'> {
  const [first] = directories;
  return { directory: first ?? '', directories: [...directories] };
}

function times({ start, end }: Span): Pick<SessionHead, 'timeCreated' | 'timeUpdated'> {
  return { timeCreated: start, timeUpdated: end };
}

/** A message without a time of its own has that of the one before it, or after it, or of the file. */
function withTimes(messages: readonly DraftMessage[], modified: number): TimedMessage[] {
  let last = messages.find(({ time }) => time !== null)?.time ?? modified;
  return messages.map((message) => {
    last = message.time ?? last;
    return { message, time: last, updated: Math.max(message.updated ?? last, last) };
  });
}

function spanOf(messages: readonly TimedMessage[]): Span | undefined {
  let span: Span | undefined;
  for (const { time, updated } of messages) span = joinSpans(span, { start: time, end: updated });
  return span;
}
