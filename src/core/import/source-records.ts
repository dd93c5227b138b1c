/** What this device remembers of each source between imports. Device-local: never part of persona state. */
import * as v from 'valibot';
import type { Problem } from '../model/problem.ts';
import { ProblemBag } from '../model/problem-bag.ts';
import type { Explained } from '../model/receipt.ts';
import type { GroupStore } from '../state/group-store.ts';

export const SOURCES_KEY = 'sources';
/** Of each source. */
const PROBLEMS_KEPT = 1_000;

export interface SourceRecord {
  readonly store: string;
  readonly path: string;
  readonly kind: string;
  /** The source as it was: equal means that nothing was written since. */
  readonly fingerprint: string;
  /** ms */
  readonly lastImport: number;
  /** Which version of reading it was read by; what an earlier one read is read again. See READING. */
  readonly reading?: number | undefined;
  readonly sessions: number;
  readonly messages: number;
  readonly skippedSessions: number;
  readonly skippedMessages: number;
  readonly problems: readonly Problem[];
  readonly explained?: Explained | undefined;
  /** The folder or file that was read whole and led to it; null when that can't be known again, as after a plain drop. */
  readonly place: string | null;
  /** When its place was read again and it was not there any more, ms. Null while it is where it was. */
  readonly vanished: number | null;
}

const explained = v.object({
  sessions: v.object({
    personas: v.number(),
    subAgents: v.number(),
    helpers: v.number(),
    empty: v.number(),
    silent: v.number(),
    copies: v.number(),
    forks: v.number(),
  }),
  messages: v.object({ personas: v.number(), subAgents: v.number(), silent: v.number(), copies: v.number() }),
});

const sourceRecords = v.object({
  schema: v.literal(1),
  sources: v.array(
    v.object({
      store: v.string(),
      path: v.string(),
      kind: v.string(),
      fingerprint: v.string(),
      lastImport: v.number(),
      reading: v.optional(v.number()),
      sessions: v.number(),
      messages: v.number(),
      skippedSessions: v.number(),
      skippedMessages: v.number(),
      problems: v.array(v.custom<Problem>(isProblem)),
      explained: v.optional(explained),
      place: v.optional(v.nullable(v.string()), null),
      vanished: v.optional(v.nullable(v.number()), null),
    }),
  ),
});

/** Empty when there are none, or when they can't be read: the next import makes them anew. */
export async function loadSourceRecords(store: GroupStore): Promise<Map<string, SourceRecord>> {
  const text = (await store.read([SOURCES_KEY])).get(SOURCES_KEY);
  const parsed = text === undefined ? null : v.safeParse(sourceRecords, parseJson(text));
  return new Map(parsed?.success === true ? parsed.output.sources.map((record) => [record.store, record]) : []);
}

export function encodeSourceRecords(records: Iterable<SourceRecord>): string {
  const sources = [...records]
    .sort((a, b) => (a.store < b.store ? -1 : 1))
    .map((record) => ({ ...record, problems: new ProblemBag(PROBLEMS_KEPT).addAll(record.problems).all() }));
  return JSON.stringify({ schema: 1, sources });
}

function isProblem(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
