import { apportion, type Bucket, type DraftSession, draftSessions } from './fixture-draft.ts';
import { SeededRandom } from './fixture-random.ts';

export const DAY_MS = 86_400_000;
export const RECENT_DAYS = 14;

/** What a history must hold. Counts are exact. */
export interface HistorySpec {
  readonly seed: string;
  /** The clock of the fixture, ms: nothing is later. */
  readonly now: number;
  readonly days: number;
  /** Rows of the session table, sub-agents included. */
  readonly sessions: number;
  /** Of those, updated in the last 14 days. */
  readonly recentSessions: number;
  readonly messages: number;
  /** Of those, created in the last 14 days. */
  readonly recentMessages: number;
  /** Mean length of a message that has text, in characters. */
  readonly textChars: number;
  /** Mean length of what a tool printed, in characters. */
  readonly toolChars: number;
}

export type SessionKind = 'normal' | 'fork' | 'empty';

/** A stretch of work without a long break: messages between two times, sub-agents inside. */
export interface SegmentPlan {
  readonly start: number;
  readonly end: number;
  readonly messages: number;
  readonly children: readonly SessionPlan[];
}

export interface SessionPlan {
  readonly index: number;
  readonly kind: SessionKind;
  readonly segments: readonly SegmentPlan[];
  readonly start: number;
  /** The first messages are copies of the first ones of another session. */
  readonly copies: { readonly of: SessionPlan; readonly count: number } | null;
  readonly archived: boolean;
  readonly reverted: boolean;
  /** The last assistant message was never completed. */
  readonly unfinished: boolean;
}

/**
 * Decides who wrote how much and when, so that every count of the spec comes out exactly: sessions and messages before and
 * within the last 14 days, sub-agents inside their parents, sessions that woke up again, forks, empty ones.
 */
export function planHistory(spec: HistorySpec): SessionPlan[] {
  const random = new SeededRandom(`${spec.seed} plan`);
  const drafts = draftSessions(spec, random);
  shareMessages(spec, drafts, random);
  const placed = new Map<DraftSession, SessionPlan>();
  for (const draft of drafts) {
    if (!draft.parent) placed.set(draft, place(spec, draft, drafts, placed, random));
  }
  return [...placed.values()].sort((a, b) => a.start - b.start || a.index - b.index);
}

function shareMessages(spec: HistorySpec, drafts: DraftSession[], random: SeededRandom): void {
  const copied = drafts.reduce((sum, { copies }) => sum + copies, 0);
  const totals = { old: spec.messages - spec.recentMessages - copied, recent: spec.recentMessages };
  for (const bucket of ['old', 'recent'] as const) {
    const writers = drafts.filter((draft) => draft.writesIn.includes(bucket));
    const counts = apportion(
      totals[bucket],
      writers.map((draft) => draft.weight(random)),
      writers.map(leastMessages),
    );
    writers.forEach((draft, i) => (draft.messages[bucket] = counts[i] ?? 0));
  }
}

/** Sub-agents need a parent with an answer to call them from. */
function leastMessages({ children, parent }: DraftSession): number {
  return parent ? 2 : 2 + 2 * children.length;
}

function place(
  spec: HistorySpec,
  draft: DraftSession,
  drafts: readonly DraftSession[],
  placed: ReadonlyMap<DraftSession, SessionPlan>,
  random: SeededRandom,
): SessionPlan {
  const source = draft.copies > 0 ? sourceOf(draft, placed) : null;
  const segments = draft.writesIn.map((bucket) => {
    const window = windowOf(spec, bucket, source?.segments.at(-1)?.end ?? 0);
    const children = draft.children.filter((child) => child.writesIn.includes(bucket));
    const messages = draft.messages[bucket];
    const inside = children.reduce((sum, child) => sum + child.messages[bucket], 0);
    const [start, end] = stretch(window, messages + inside, random);
    return { start, end, messages, children: childPlans(children, bucket, start, end) };
  });
  const start = segments[0]?.start ?? emptyAt(spec, draft, random);
  return {
    index: draft.index,
    kind: draft.kind,
    segments,
    start,
    copies: source && { of: source, count: draft.copies },
    archived: draft.index % 23 === 7,
    reverted: draft.kind === 'normal' && draft.index % 19 === 4,
    unfinished: draft.index === drafts.length - 1 || draft.index % 31 === 11,
  };
}

/** A fork is made from an earlier, older session with enough to copy. */
function sourceOf(draft: DraftSession, placed: ReadonlyMap<DraftSession, SessionPlan>): SessionPlan {
  const fits = [...placed].filter(
    ([{ kind, writesIn, messages }]) => kind === 'normal' && writesIn.length === 1 && messages.old >= draft.copies + 4,
  );
  const source = fits[draft.index % fits.length]?.[1];
  if (!source) throw new Error('no session is long enough to fork: more messages or fewer sessions');
  return source;
}

/** Sub-agents get their place in time when the call is written; here only how much they say. */
function childPlans(children: readonly DraftSession[], bucket: Bucket, start: number, end: number): SessionPlan[] {
  return children.map((child) => ({
    index: child.index,
    kind: 'normal',
    segments: [{ start, end, messages: child.messages[bucket], children: [] }],
    start,
    copies: null,
    archived: false,
    reverted: false,
    unfinished: false,
  }));
}

function windowOf(spec: HistorySpec, bucket: Bucket, after: number): [number, number] {
  const cutoff = spec.now - RECENT_DAYS * DAY_MS;
  if (bucket === 'recent') return [cutoff + 60_000, spec.now - 60_000];
  return [Math.max(spec.now - spec.days * DAY_MS, after), cutoff - 3_600_000];
}

/** A place in the window, later ones more likely; about 25 s a message, with breaks. */
function stretch([from, to]: [number, number], messages: number, random: SeededRandom): [number, number] {
  const room = to - from;
  const wanted = messages * 25_000 * random.logNormal(2.5, 0.9);
  const length = Math.floor(Math.max(Math.min(wanted, room * 0.7), Math.min(messages * 3000, room * 0.99)));
  const start = Math.floor(from + (room - length) * (1 - random.next() ** 1.25));
  return [start, start + length];
}

function emptyAt(spec: HistorySpec, draft: DraftSession, random: SeededRandom): number {
  const [from, to] = windowOf(spec, draft.home, 0);
  return random.int(from, to - 1000);
}
