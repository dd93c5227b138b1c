/**
 * One run of the queue: takes jobs, reads their sessions whole, asks the provider, and writes what came of it.
 *
 * Contract:
 * - What a call found, the flags and ledger entries of its messages, and the job are one commit, made when the call has ended. What
 *   was not committed never happened: the next run does it.
 * - A call that fails spoils nothing else: its messages stay undone, its job is tried again after a wait, others go on.
 * - When the provider itself fails, no further call is made; what is under way is still written.
 * - With a provider that needs no network the same work gives the same state, byte for byte.
 */
import { stampOf } from '../import/archive.ts';
import type { SessionReader } from '../import/session-reader.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Limits } from '../model/constants.ts';
import type { ExtractProgress, ExtractReport, StopReason } from '../model/memory-views.ts';
import type { Problem } from '../model/problem.ts';
import { problem } from '../model/problem.ts';
import type { PersonaState } from '../state/records.ts';
import type { StateAccess } from '../state/state-access.ts';
import { nextBatch } from './batch.ts';
import type { Batch } from './batch.ts';
import type { AskedKind } from './call.ts';
import { Caller } from './caller.ts';
import { CHUNK_LIMITS, chunksOf } from './chunks.ts';
import { Committer } from './committer.ts';
import type { Analysed } from './finish.ts';
import { planFinish } from './finish.ts';
import { injected } from './inject.ts';
import type { Failure, Provider } from './providers/provider.ts';
import { costOf } from './providers/cost.ts';
import type { Prices } from '../model/extraction-settings.ts';
import type { Jobs } from './queue.ts';
import { changed, failed, finished, isDue, openJobs } from './queue.ts';
import type { RunClock } from './run-clock.ts';
import type { Unit } from './units.ts';
import { slicesOf, unitsOf } from './units.ts';
import type { ReadSession, WorkMessage } from './work.ts';
import { missingKinds, sessionWork } from './work.ts';

/** Sessions are read until so many calls are full. */
const CALLS_A_BATCH = 24;
/** Chunks between two injections, and with rules also between two commits. */
const CHUNKS_A_SLICE = 8;
/** When nothing else is left, a job that failed is waited for so long. */
const LONGEST_WAIT_MS = 150_000;

export interface RunInput {
  readonly access: StateAccess;
  readonly reader: SessionReader;
  readonly provider: Provider;
  readonly kinds: readonly AskedKind[];
  readonly limits: Limits;
  readonly budgetTokens: number;
  readonly concurrency: number;
  readonly prices: Prices | null;
  readonly clock: RunClock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExtractProgress) => void;
}

export interface RunResult {
  readonly report: ExtractReport;
  /** Why the provider is not to be asked again, when that is so. */
  readonly refused: Failure | null;
}

export class ExtractionRun {
  readonly #input: RunInput;
  readonly #committer: Committer;
  readonly #caller: Caller;
  /** Jobs of which this run has done what it can. */
  readonly #seen = new Set<string>();
  readonly #failures = new Map<string, Failure>();
  readonly #problems: Problem[] = [];
  #refused: Failure | null = null;
  #tokens = 0;
  #messages = 0;
  #jobsDone = 0;
  #items = { new: 0, changed: 0 };

  constructor(input: RunInput) {
    const { access, provider, clock, signal, limits } = input;
    this.#input = input;
    this.#committer = new Committer(access, limits);
    this.#caller = new Caller(
      provider,
      () => access.keeper.state.items.values(),
      (ms) => clock.wait(ms, signal),
      signal,
    );
  }

  /** Throws ProblemError when something can't be written. Ended by its signal, it reports what it did until then. */
  async run(): Promise<RunResult> {
    while (this.#stop === null) {
      const { access, reader, kinds, limits, clock, signal } = this.#input;
      const jobs = this.#due();
      if (jobs.length === 0) {
        if (await this.#waitForNext()) continue;
        break;
      }
      const tokens = Math.min(
        limits.callTokenLimit * CALLS_A_BATCH,
        Math.max(1, this.#input.budgetTokens - this.#tokens),
      );
      const batch = await unlessAborted(
        nextBatch({ access, reader, jobs, kinds, tokens, now: clock.now(), signal }),
        signal,
      );
      if (batch === null) break;
      await this.#process(batch);
    }
    return { report: this.#report(), refused: this.#refused };
  }

  get #stop(): StopReason | null {
    if (this.#input.signal.aborted) return 'cancelled';
    if (this.#refused !== null) return 'provider';
    return this.#tokens >= this.#input.budgetTokens ? 'budget' : null;
  }

  #due() {
    const now = this.#input.clock.now();
    return openJobs(this.#input.access.jobs).filter((job) => !this.#seen.has(job.id) && isDue(job, now));
  }

  /** False: there is nothing to wait for, or for too long. */
  async #waitForNext(): Promise<boolean> {
    const { access, clock, signal } = this.#input;
    const waiting = openJobs(access.jobs).filter(({ id }) => !this.#seen.has(id));
    const next = Math.min(...waiting.map(({ notBefore }) => notBefore ?? Number.POSITIVE_INFINITY));
    const ms = next - clock.now();
    if (ms > LONGEST_WAIT_MS) return false;
    await clock.wait(Math.max(1, ms), signal);
    return true;
  }

  async #process(batch: Batch): Promise<void> {
    this.#problems.push(...batch.problems);
    for (const id of batch.passed) this.#seen.add(id);
    const settled = batch.sessions.filter(({ tokens }) => tokens === 0);
    await this.#finish(settled, [], (jobs) => batch.queue.reduce((all, change) => change(all), jobs));
    const sessions = batch.sessions.filter(({ tokens }) => tokens > 0);
    for (const kinds of missingKinds(sessions)) {
      const works = sessions.map((session) => sessionWork(session, kinds));
      const limits = { ...CHUNK_LIMITS, callTokens: this.#input.limits.callTokenLimit };
      for (const slice of slicesOf(unitsOf(chunksOf(works, limits)), this.#chunksASlice)) {
        if (this.#stop !== null) break;
        await this.#slice(slice, kinds, sessions);
      }
    }
    await this.#leave(sessions);
  }

  get #chunksASlice(): number {
    return Math.max(CHUNKS_A_SLICE, CHUNKS_A_SLICE * this.#concurrency);
  }

  get #concurrency(): number {
    return this.#input.provider.needsNetwork ? Math.max(1, this.#input.concurrency) : 1;
  }

  async #slice(units: readonly Unit[], kinds: readonly AskedKind[], sessions: readonly ReadSession[]): Promise<void> {
    const { access, limits, clock } = this.#input;
    const messages = messagesOf(units, sessions);
    await this.#committer.commit(clock.now(), (state, stamp) => {
      const { bytes } = access.keeper;
      const next = injected({ state, bytes, limitBytes: limits.stateLimitBytes, messages, stamp });
      return { state: { ...next, meta: { ...next.meta, clock: stamp } }, jobs: access.jobs };
    });
    const ready: Analysed[] = [];
    const left = [...units];
    const isOften = this.#input.provider.needsNetwork;
    const worker = async (): Promise<void> => {
      for (let unit = left.shift(); unit !== undefined; unit = left.shift()) {
        if (this.#stop !== null) return;
        const done = await this.#unit(unit, kinds, sessions);
        if (done === null) continue;
        ready.push(done);
        if (isOften) await this.#finish(sessions, ready.splice(0));
      }
    };
    await Promise.all(Array.from({ length: this.#concurrency }, worker));
    if (ready.length > 0) await this.#finish(sessions, ready);
  }

  async #unit(unit: Unit, kinds: readonly AskedKind[], sessions: readonly ReadSession[]): Promise<Analysed | null> {
    // between two pieces of work the outside has its turn: to cancel, to ask for progress
    await this.#input.clock.breathe();
    const messages = messagesOf([unit], sessions);
    const answer = await this.#caller.ask(unit, kinds);
    if (answer.ok) {
      this.#tokens += unit.tokens;
      return { messages, kinds, findings: answer.findings };
    }
    const { failure } = answer;
    if (failure.code === 'cancelled' || this.#input.signal.aborted) return null;
    if (failure.blame === 'provider') this.#refused ??= failure;
    else for (const { sessionId } of messages) this.#failures.set(sessionId, failure);
    return null;
  }

  /** One commit: what was found, what is done, which jobs are finished with it. */
  async #finish(
    sessions: readonly ReadSession[],
    analysed: readonly Analysed[],
    queue: (jobs: Jobs) => Jobs = (jobs) => jobs,
  ): Promise<void> {
    const { access, limits, clock } = this.#input;
    const now = clock.now();
    const touched = new Set(analysed.flatMap(({ messages }) => messages.map(({ sessionId }) => sessionId)));
    const grown = analysed.length === 0 ? sessions : sessions.filter(({ row }) => touched.has(row.sessionId));
    const { rows } = this.#committer;
    let done: string[] = [];
    await this.#committer.commit(now, (state, stamp) => {
      const plan = planFinish({ state, sessions: grown, analysed, rows, stamp, now, limits });
      done = grown
        .filter(({ row }) => (plan.state.ledger.get(row.sessionId)?.seen ?? null) !== null && this.#isCurrent(row))
        .map(({ row }) => row.sessionId);
      const jobs = grown.reduce((all, session) => leftOf(all, session, plan.state), queue(access.jobs));
      this.#items = sum(this.#items, plan.items);
      return { state: plan.state, jobs: done.reduce(finished, jobs) };
    });
    this.#jobsDone += done.length;
    for (const id of done) this.#seen.add(id);
    this.#messages += analysed.reduce((count, { messages }) => count + messages.length, 0);
    this.#input.onProgress(this.#progress());
  }

  /** Jobs that are not finished go back to the queue: to be tried again, or for another run. */
  async #leave(sessions: readonly ReadSession[]): Promise<void> {
    const { access, clock } = this.#input;
    const open = sessions
      .filter(({ row }) => access.jobs.get(row.sessionId)?.state === 'running')
      .map(({ row }) => row);
    if (open.length === 0) return;
    await this.#committer.commit(clock.now(), (state) => {
      let jobs = access.jobs;
      for (const row of open) {
        const id = row.sessionId;
        const failure = this.#failures.get(id);
        if (failure === undefined && this.#isCurrent(row)) this.#seen.add(id);
        jobs = changed(jobs, id, { state: 'queued' });
        if (failure !== undefined) jobs = failed(jobs, id, failure.message, clock.now(), failure.retryAfterMs);
        if (failure !== undefined && jobs.get(id)?.state === 'failed') this.#problems.push(callFailed(id, failure));
      }
      this.#failures.clear();
      return { state, jobs };
    });
  }

  /** No import has found more of the session since it was read. */
  #isCurrent(row: CatalogRow): boolean {
    const now = this.#input.access.catalog.get(row.sessionId);
    return now === undefined || stampOf(now) === stampOf(row);
  }

  #progress(): ExtractProgress {
    const { access, clock, prices } = this.#input;
    const left = openJobs(access.jobs);
    const tokensLeft = left.reduce((total, { tokens }) => total + tokens, 0);
    const elapsedMs = clock.elapsed();
    return {
      jobsDone: this.#jobsDone,
      jobsLeft: left.length,
      messages: this.#messages,
      tokensDone: this.#tokens,
      tokensLeft,
      calls: this.#caller.asked.calls,
      items: this.#items.new,
      elapsedMs,
      leftMs: this.#tokens === 0 ? null : Math.round((elapsedMs / this.#tokens) * tokensLeft),
      cost: costOf(this.#caller.asked.usage, prices),
    };
  }

  #report(): ExtractReport {
    const { access, limits, clock, prices } = this.#input;
    const { calls, usage, dropped } = this.#caller.asked;
    const jobs = [...access.jobs.values()];
    const left = openJobs(access.jobs);
    const isLeft = left.length > 0;
    return {
      jobs: {
        done: this.#jobsDone,
        failed: jobs.filter(({ state }) => state === 'failed').length,
        left: left.length,
        waiting: left.filter(({ isWaiting }) => isWaiting).length,
      },
      messages: this.#messages,
      tokens: this.#tokens,
      calls,
      usage,
      cost: costOf(usage, prices),
      items: this.#items,
      dropped,
      stopped: isLeft ? (this.#stop ?? 'waiting') : null,
      problems: this.#refused === null ? this.#problems : [...this.#problems, paused(this.#refused)],
      decisions: this.#committer.decisions,
      state: { bytes: access.keeper.bytes, limitBytes: limits.stateLimitBytes },
      durationMs: Math.round(clock.elapsed()),
    };
  }
}

/** The whole messages that these units analyse. */
function messagesOf(units: readonly Unit[], sessions: readonly ReadSession[]): WorkMessage[] {
  const wanted = new Map<string, Set<string>>();
  for (const { chunks } of units)
    for (const { parts } of chunks)
      for (const { message, purpose } of parts) {
        if (purpose !== 'analyse') continue;
        const ids = wanted.get(message.sessionId) ?? new Set();
        wanted.set(message.sessionId, ids.add(message.id));
      }
  return sessions.flatMap(({ row, messages }) => {
    const ids = wanted.get(row.sessionId);
    return ids === undefined ? [] : messages.filter(({ id }) => ids.has(id));
  });
}

/** The job of a session with what is left of it. */
function leftOf(jobs: Jobs, { row, messages }: ReadSession, { ledger }: PersonaState): Jobs {
  const entry = ledger.get(row.sessionId);
  const left = Math.max(0, messages.length - (entry?.messages ?? 0));
  const all = messages.reduce((total, message) => total + message.ledger.tokens, 0);
  return changed(jobs, row.sessionId, { messages: left, tokens: Math.max(0, all - (entry?.tokens ?? 0)) });
}

function sum(a: { new: number; changed: number }, b: { new: number; changed: number }) {
  return { new: a.new + b.new, changed: a.changed + b.changed };
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

function callFailed(sessionId: string, failure: Failure): Problem {
  const message = `Session ${sessionId} could not be extracted whole: ${failure.message} It can be tried again by hand.`;
  return problem('call-failed', 'skipped', sessionId, message);
}

export function paused({ message }: Failure): Problem {
  return problem('provider-paused', 'error', 'provider', message);
}
