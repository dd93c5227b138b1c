import type { FixtureOptions } from './fixture.ts';
import type { HistorySpec } from './fixture-plan.ts';

export type FixtureSize = 'S' | 'M' | 'L' | 'XL';

export interface FixtureSpec {
  readonly history: HistorySpec;
  readonly options: FixtureOptions;
}

/** The clock of all fixtures, so that they are the same files on every day. */
export const FIXTURE_NOW = Date.UTC(2026, 10, 21, 8);

/** S is the reference history; M is for tests; L and XL are as large as real stores get, XL with the event table of 1.18. */
export function fixtureSpec(size: FixtureSize, now = FIXTURE_NOW): FixtureSpec {
  const messages = SHAPES[size].messages;
  const { inLog, stale, events, ...shape } = SHAPES[size];
  const history = { seed: `dramatis ${size}`, now, days: 120, ...shape };
  return { history, options: { schema: '1.18', events, walFrom: messages - inLog, stale, uncommitted: true } };
}

/**
 * `inLog`: messages found only in the `-wal`. `stale`: messages whose frames are left behind in it. Columns: sessions,
 * recent ones, messages, recent ones, mean characters of a text and of an output.
 */
const SHAPES = {
  M: shape([32, 10], [900, 240], [600, 300], { inLog: 24, stale: 36, events: true }),
  S: shape([216, 37], [34_269, 12_000], [844, 340], { inLog: 230, stale: 270, events: false }),
  L: shape([640, 112], [102_800, 18_500], [844, 6400], { inLog: 40, stale: 50, events: false }),
  XL: shape([1060, 186], [171_300, 30_800], [844, 1650], { inLog: 40, stale: 50, events: true }),
} as const;

type Pair = readonly [number, number];

function shape<T>(sessionCounts: Pair, messageCounts: Pair, chars: Pair, log: T) {
  const [sessions, recentSessions] = sessionCounts;
  const [messages, recentMessages] = messageCounts;
  const [textChars, toolChars] = chars;
  return { sessions, recentSessions, messages, recentMessages, textChars, toolChars, ...log };
}
