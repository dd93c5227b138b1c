/** Takes jobs off the queue and reads their sessions, so many that calls can be filled. */
import type { SessionReader } from '../import/session-reader.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Job } from '../model/job.ts';
import { MOST_TRIES } from '../model/job.ts';
import type { Message } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { AskedKind } from './call.ts';
import type { Jobs } from './queue.ts';
import { changed, failed, without } from './queue.ts';
import type { ReadSession } from './work.ts';
import { readSessionOf } from './work.ts';

export interface Batch {
  readonly sessions: readonly ReadSession[];
  /** What reading them says of the queue. */
  readonly queue: readonly ((jobs: Jobs) => Jobs)[];
  readonly problems: readonly Problem[];
  /** Jobs of which nothing can be done in this run. */
  readonly passed: readonly string[];
}

export interface BatchInput {
  readonly access: StateAccess;
  readonly reader: SessionReader;
  readonly jobs: readonly Job[];
  readonly kinds: readonly AskedKind[];
  /** Enough. */
  readonly tokens: number;
  /** ms */
  readonly now: number;
  readonly signal: AbortSignal;
}

export async function nextBatch(input: BatchInput): Promise<Batch> {
  const sessions: ReadSession[] = [];
  const queue: ((jobs: Jobs) => Jobs)[] = [];
  const problems: Problem[] = [];
  const passed: string[] = [];
  let tokens = 0;
  for (const { id } of input.jobs) {
    if (tokens >= input.tokens) break;
    input.signal.throwIfAborted();
    const read = await readOne(id, input);
    if (typeof read === 'function') {
      passed.push(id);
      queue.push(read);
    } else if ('code' in read) {
      problems.push(read);
      queue.push((jobs) => failed(jobs, id, read.message, input.now));
    } else {
      sessions.push(read);
      tokens += read.tokens;
      const messages = read.messages.filter(({ missing }) => missing.length > 0).length;
      const counted = { messages, tokens: read.tokens, isWaiting: false, reason: null };
      queue.push((jobs) => changed(jobs, id, { ...counted, state: 'running' }));
    }
  }
  return { sessions, queue, problems, passed };
}

/** The session; or what became of its job; or why it could not be read. */
async function readOne(id: string, input: BatchInput): Promise<ReadSession | Problem | ((jobs: Jobs) => Jobs)> {
  const { access, reader, kinds, signal } = input;
  const row = access.catalog.get(id);
  if (row === undefined) return (jobs) => without(jobs, id);
  const reading = await reader.read(row, signal);
  if (reading.kind === 'unreadable') return reading.problem;
  if (reading.kind === 'not-connected' && !isGone(row)) {
    const reason = 'Its source is not connected. Connect it again, and this goes on.';
    return (jobs) => changed(jobs, id, { isWaiting: true, reason });
  }
  const kept = keptOf(access, id);
  const messages = reading.kind === 'read' ? reading.messages : [];
  if (messages.length === 0 && kept.length === 0) {
    const reason = 'Its source does not have this session any more.';
    return (jobs) => changed(jobs, id, { state: 'failed', tries: MOST_TRIES, reason });
  }
  return readSessionOf(row, messages, kept, access.keeper.state.ledger.get(id), kinds);
}

function isGone(row: CatalogRow): boolean {
  return (row.vanished ?? null) !== null || row.store === '';
}

function keptOf({ keeper }: StateAccess, sessionId: string): Message[] {
  return [...keeper.state.personas.values()].flatMap(({ messages }) =>
    messages.filter((message) => message.sessionId === sessionId && !message.injected),
  );
}
