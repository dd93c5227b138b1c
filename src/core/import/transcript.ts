/** One session read from its source, whether it was imported or not. */
import type { AgentSession, CatalogRow } from '../model/agent-session.ts';
import { DEFAULT_LIMITS } from '../model/constants.ts';
import type { Problem } from '../model/problem.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { discover } from '../sources/discover.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import type { FoundSource, SessionHead, Source, SourceMessage } from '../sources/source.ts';
import { copiesOf, copyIn } from './copies.ts';
import { Gatherer } from './gather.ts';

export interface TranscriptReading {
  readonly session: AgentSession;
  readonly messages: readonly SourceMessage[];
  readonly problems: readonly Problem[];
}

/**
 * Looks for the session in these files and folders, its own store first; where several hold it, each message is there once.
 * Throws ProblemError `nothing-found` when it is in none.
 *
 * @param known its catalog row, when it was imported
 */
export async function readTranscript(
  sessionId: string,
  entries: readonly SourceEntry[],
  known: CatalogRow | undefined,
  ports: OpencodePorts,
  signal: AbortSignal,
): Promise<TranscriptReading> {
  const { sources } = await discover(entries, ports, signal);
  const refused: Problem[] = [];
  const found: TranscriptReading[] = [];
  for (const place of ownFirst(sources, known)) {
    if (found.length > 0 && !mayHoldMore(place, known)) continue;
    try {
      const reading = await lookIn(await place.open(), sessionId, known, signal);
      if (reading !== null) found.push(reading);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      refused.push(error.problem);
    }
  }
  const [first] = found;
  if (first === undefined) throw new ProblemError(refused[0] ?? notFound(sessionId, sources));
  const { messages } = found.reduce((whole, other) => ({ ...whole, messages: merged(whole.messages, other.messages) }));
  return { session: first.session, messages, problems: found.flatMap(({ problems }) => problems) };
}

/** The store it is shown as first, then the others that hold it, then those nobody knows of. */
export function ownFirst(sources: readonly FoundSource[], known: CatalogRow | undefined): FoundSource[] {
  const order = known === undefined ? [] : [known.store, ...copiesOf(known).map(({ store }) => store)];
  const place = ({ store }: FoundSource): number => (order.includes(store) ? order.indexOf(store) : order.length);
  return sources.toSorted((a, b) => place(a) - place(b));
}

/** Of a session that was not imported, any; else those that were seen to have messages of their own. */
function mayHoldMore({ store }: FoundSource, known: CatalogRow | undefined): boolean {
  return known === undefined || copiesOf(known).some((copy) => copy.store === store && copy.further > 0);
}

/** The messages of the first in their order, and between them, by time, those that only the other has. */
export function merged<T extends { readonly id: string; readonly time: number }>(
  first: readonly T[],
  other: readonly T[],
): readonly T[] {
  const ids = new Set(first.map(({ id }) => id));
  const more = other.filter(({ id }) => !ids.has(id));
  if (more.length === 0) return first;
  const whole: T[] = [];
  let at = 0;
  for (const message of first) {
    for (let next = more[at]; next !== undefined && next.time < message.time; next = more[at]) {
      whole.push(next);
      at += 1;
    }
    whole.push(message);
  }
  return [...whole, ...more.slice(at)];
}

async function lookIn(
  source: Source,
  sessionId: string,
  known: CatalogRow | undefined,
  signal: AbortSignal,
): Promise<TranscriptReading | null> {
  try {
    const { heads } = await source.sessions(signal);
    const head = heads.find(({ id }) => id === sessionId);
    if (head === undefined) return await lookInside(source, heads, known, signal);
    const { messages, problems } = await source.messages(sessionId, signal);
    const isCurrent = known !== undefined && copyIn(known, source.store)?.updated === head.timeUpdated;
    const session = isCurrent ? known : await describe(source, head, signal);
    return { session, messages, problems: [...source.problems, ...problems] };
  } finally {
    source.close();
  }
}

/** A session that was told inside another one: the list does not name it, the catalog does. */
async function lookInside(
  source: Source,
  heads: readonly SessionHead[],
  known: CatalogRow | undefined,
  signal: AbortSignal,
): Promise<TranscriptReading | null> {
  if (known === undefined || !heads.some(({ id }) => id === known.parentSessionId)) return null;
  const { messages, problems } = await source.messages(known.sessionId, signal);
  return messages.length === 0 ? null : { session: known, messages, problems: [...source.problems, ...problems] };
}

async function describe(source: Source, head: SessionHead, signal: AbortSignal): Promise<AgentSession> {
  const gatherer = new Gatherer(new Map([[head.id, head]]), 0, DEFAULT_LIMITS, source.path);
  do await source.read(new Set([head.id]), gatherer, signal);
  while (gatherer.settle());
  const [note] = gatherer.sessions();
  if (note === undefined) throw new Error(`session ${head.id} was listed and not read`);
  return note.toChange(source.tool, source.store, null, false).row;
}

export function notFound(sessionId: string, sources: readonly FoundSource[]): Problem {
  const where =
    sources.length === 0
      ? 'No database was given to look in.'
      : `Looked in ${sources.map(({ path }) => path).join(', ')}.`;
  return problem('nothing-found', 'error', '', `There is no session ${sessionId}. ${where}`);
}
