/**
 * How well findings meet labels, by the rules of labelled/README.md. It counts and keeps no texts: the unseen half can be
 * scored without anybody reading it.
 */
import type { Span } from '../../src/core/model/span.ts';
import type { Expectation, LabelledMessage } from './labelled/message.ts';

export const SCORED_KINDS = ['fact', 'trait', 'person', 'topic'] as const;
export type ScoredKind = (typeof SCORED_KINDS)[number];

/** One thing that was found in a message. */
export interface Found {
  readonly kind: ScoredKind;
  readonly name: string;
  /** Of a fact. */
  readonly subject: string | null;
  /** Into the text of the message. */
  readonly evidence: readonly Span[];
}

export interface Count {
  readonly matched: number;
  readonly wrong: number;
  readonly expected: number;
}

export interface Score {
  readonly kinds: Readonly<Record<ScoredKind, Count>>;
  /** Of the facts that matched: how many tell rightly whether they are about the human. */
  readonly subjects: { readonly right: number; readonly of: number };
}

/** A find may say this much more than the words that are expected, in characters. */
const MOST_BEYOND = 160;
const NONE: Count = { matched: 0, wrong: 0, expected: 0 };

/** What came of the finds of one message. Indices are into `found` and into `expect`. */
export interface Verdict {
  readonly matches: readonly { readonly find: number; readonly expectation: number }[];
  readonly wrong: readonly number[];
}

export function scoreOf(messages: readonly LabelledMessage[], foundIn: (message: LabelledMessage) => readonly Found[]) {
  const kinds: Record<ScoredKind, Count> = { fact: NONE, trait: NONE, person: NONE, topic: NONE };
  let right = 0;
  let of = 0;
  for (const message of messages) {
    const found = foundIn(message);
    const { matches, wrong } = judge(message, found);
    for (const kind of SCORED_KINDS) {
      kinds[kind] = sum([
        kinds[kind],
        {
          matched: matches.filter(({ find }) => found[find]?.kind === kind).length,
          wrong: wrong.filter((find) => found[find]?.kind === kind).length,
          expected: message.expect.filter((each) => each.kind === kind).length,
        },
      ]);
    }
    for (const { find, expectation } of matches) {
      const label = message.expect[expectation];
      if (label?.kind !== 'fact') continue;
      of += 1;
      if ((found[find]?.subject === 'human') === (label.subject === 'human')) right += 1;
    }
  }
  return { kinds, subjects: { right, of } } satisfies Score;
}

/** One to one, the largest overlap first; what says again what is matched already is neither right nor wrong. */
export function judge(message: LabelledMessage, found: readonly Found[]): Verdict {
  const pairs = found
    .flatMap((find, at) =>
      message.expect.map((label, index) => ({
        find: at,
        expectation: index,
        overlap: overlapOf(message.text, find, label),
      })),
    )
    .filter(({ overlap }) => overlap > 0)
    .sort((a, b) => b.overlap - a.overlap || a.find - b.find || a.expectation - b.expectation);
  const matches: { find: number; expectation: number }[] = [];
  for (const { find, expectation } of pairs) {
    if (matches.some((match) => match.find === find || match.expectation === expectation)) continue;
    matches.push({ find, expectation });
  }
  const wrong = found.flatMap((_, at) => (pairs.some(({ find }) => find === at) ? [] : [at]));
  return { matches, wrong };
}

/** How well a find meets an expectation; 0 when it does not. */
function overlapOf(text: string, find: Found, label: Expectation): number {
  if (find.kind !== label.kind) return 0;
  if (label.kind === 'person') return same(find.name, label.name) ? 1 : 0;
  if (label.kind === 'topic') return same(find.name, label.name) || same(find.name, label.words) ? 1 : 0;
  const start = text.indexOf(label.words);
  const words = { start, end: start + label.words.length };
  return Math.max(0, ...find.evidence.map((span) => covered(span, words)));
}

function covered(evidence: Span, words: Span): number {
  const inside = Math.min(evidence.end, words.end) - Math.max(evidence.start, words.start);
  const beyond = evidence.end - evidence.start - Math.max(0, inside);
  return inside * 2 >= words.end - words.start && beyond <= MOST_BEYOND ? inside : 0;
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

export function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (all, each) => ({
      matched: all.matched + each.matched,
      wrong: all.wrong + each.wrong,
      expected: all.expected + each.expected,
    }),
    NONE,
  );
}

/** Null when nothing was found. */
export function precision({ matched, wrong }: Count): number | null {
  return matched + wrong === 0 ? null : matched / (matched + wrong);
}

/** Null when nothing was expected. */
export function recall({ matched, expected }: Count): number | null {
  return expected === 0 ? null : matched / expected;
}
