/** For tests: stores of genuine programs, and what an independent reader found in them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { SessionHead, SourceMessage } from '../source.ts';

export const CORPUS = join(
  process.env['DRAMATIS_CORPUS'] ?? join(import.meta.dirname, '../../../../../shared/corpus'),
  'opencode',
);
export const hasCorpus = existsSync(CORPUS);
if (!hasCorpus) console.warn(`The corpus is not at ${CORPUS}: reading genuine stores is NOT TESTED.`);

const Session = v.object({
  id: v.string(),
  parent_id: v.nullable(v.string()),
  title: v.string(),
  directory: v.nullable(v.string()),
  time_created: v.number(),
  time_updated: v.number(),
  archived: v.nullable(v.number()),
  counts: v.record(v.string(), v.number()),
  messages: v.array(
    v.object({
      id: v.string(),
      role: v.string(),
      agent: v.nullable(v.string()),
      time_created: v.number(),
      text: v.string(),
      summary: v.optional(v.boolean(), false),
      tools: v.optional(v.array(v.string()), []),
    }),
  ),
});
export type OracleSession = v.InferOutput<typeof Session>;

const Oracle = v.object({
  sessions: v.array(Session),
  totals: v.record(v.string(), v.number()),
  unreadable_files: v.optional(v.array(v.unknown()), []),
  leftover_json: v.optional(v.object({ sessions: v.number(), not_in_database: v.array(v.string()) })),
});
export type Oracle = v.InferOutput<typeof Oracle>;

export function readOracle(store: string): Oracle {
  return v.parse(Oracle, JSON.parse(readFileSync(join(CORPUS, store, 'oracle.json'), 'utf8')));
}

/** The parts of a message that oracle and reader both tell. */
export function expected({ messages }: OracleSession): unknown {
  return messages.map((message) => ({
    id: message.id,
    role: message.role,
    agent: (message.agent ?? 'build').toLowerCase(),
    time: message.time_created,
    text: message.text,
    summary: message.summary,
  }));
}

export function plain(messages: readonly SourceMessage[]): unknown {
  return messages.map(({ id, role, agent, time, text, summary }) => ({ id, role, agent, time, text, summary }));
}

type PlainHead = Omit<SessionHead, 'version' | 'revertedFrom'>;

export function expectedHead(session: OracleSession): PlainHead {
  return {
    id: session.id,
    parentId: session.parent_id,
    title: session.title,
    directory: session.directory ?? '',
    timeCreated: session.time_created,
    timeUpdated: session.time_updated,
    archived: session.archived !== null,
  };
}

export function plainHead({ version: _version, revertedFrom: _reverted, ...head }: SessionHead): PlainHead {
  return head;
}

export function byId<T extends { readonly id: string }>(items: Iterable<T>): T[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
}
