/**
 * Looks through everything the sources have, whether it is kept or not: source by source, of each the newest first as far as its format
 * can be read so. Nothing is held but the newest hits. It may be ended at any moment.
 */
import type { Problem } from '../model/problem.ts';
import { ProblemError } from '../model/problem.ts';
import { ProblemBag } from '../model/problem-bag.ts';
import type { HistoryOutcome, HistoryProgress } from '../model/search-views.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { discover } from '../sources/discover.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import type { FoundSource, SessionHead, Source } from '../sources/source.ts';
import type { HistoryAsked } from './history-reading.ts';
import { HistoryReading } from './history-reading.ts';
import { hearTools } from './history-tools.ts';
import { HistoryTally } from './history-tally.ts';

export interface HistoryOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: HistoryProgress) => void;
}

export interface HistoryPlan extends HistoryAsked {
  /** Also what tools were given and gave back. */
  readonly inTools: boolean;
  /** Messages that the catalog counts where it is looked, for the progress. */
  readonly total: number;
  /** When a store was written to last, as far as that is known, ms. */
  readonly newestIn: (store: string) => number;
}

/** Read before the others where a format is not read from its end: sessions, at most. */
const NEWEST_SESSIONS = 40;
const MOST_PROBLEMS = 50;

export async function searchHistory(
  plan: HistoryPlan,
  entries: readonly SourceEntry[],
  ports: OpencodePorts,
  { signal = new AbortController().signal, onProgress = () => undefined }: HistoryOptions,
): Promise<HistoryOutcome> {
  const search = new HistorySearch(plan, signal, onProgress);
  try {
    const { sources, problems } = await discover(entries, ports, signal);
    search.tell(problems);
    for (const found of sources.toSorted((a, b) => plan.newestIn(b.store) - plan.newestIn(a.store)))
      await search.lookThrough(found);
    return { ...search.progress(), ended: 'done' };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ...search.progress(), ended: 'cancelled' };
  }
}

class HistorySearch {
  readonly #plan: HistoryPlan;
  readonly #signal: AbortSignal;
  readonly #onProgress: (progress: HistoryProgress) => void;
  readonly #tally: HistoryTally;
  readonly #problems = new ProblemBag(MOST_PROBLEMS);
  /** Of the sources that were read before. */
  readonly #earlier: HistoryReading[] = [];
  #reading: HistoryReading | null = null;
  #toolSessions: { done: number; total: number } | null = null;

  constructor(plan: HistoryPlan, signal: AbortSignal, onProgress: (progress: HistoryProgress) => void) {
    this.#plan = plan;
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#tally = new HistoryTally(plan.limit);
  }

  tell(problems: readonly Problem[]): void {
    this.#problems.addAll(problems);
  }

  async lookThrough(found: FoundSource): Promise<void> {
    this.#signal.throwIfAborted();
    let source: Source;
    try {
      source = await found.open();
    } catch (error) {
      return this.#refused(error);
    }
    try {
      await this.#read(source);
    } catch (error) {
      this.#refused(error);
    } finally {
      this.#settle();
      source.close();
    }
  }

  progress(): HistoryProgress {
    const now = new HistoryTally(this.#plan.limit);
    now.join(this.#tally);
    if (this.#reading !== null) now.join(this.#reading.tally);
    const readings = this.#reading === null ? this.#earlier : [...this.#earlier, this.#reading];
    const searched = readings.reduce((sum, reading) => sum + reading.searched, 0);
    return {
      searched,
      total: Math.max(searched, this.#plan.total),
      found: now.found,
      toolSessions: this.#toolSessions === null ? null : { ...this.#toolSessions },
      hits: now.newest(),
      problems: this.#problems.all(),
    };
  }

  async #read(source: Source): Promise<void> {
    const { tool } = this.#plan.filters;
    if (tool !== null && tool !== source.tool) return;
    const { heads, problems } = await source.sessions(this.#signal);
    this.tell([...source.problems, ...problems]);
    const isEarlier = (id: string): boolean => this.#earlier.some((earlier) => earlier.has(id));
    const reading = new HistoryReading(this.#plan, source, heads, isEarlier, () => this.#onProgress(this.progress()));
    this.#reading = reading;
    const wanted = heads.filter((head) => reading.mayFindIn(head));
    for (const some of inTurn(source, wanted))
      await source.read(
        some.length === heads.length ? 'all' : new Set(some.map(({ id }) => id)),
        reading,
        this.#signal,
      );
    if (this.#plan.inTools) await this.#readTools(source, reading);
  }

  async #readTools(source: Source, reading: HistoryReading): Promise<void> {
    const sessions = reading.sessions();
    const count = (this.#toolSessions ??= { done: 0, total: 0 });
    count.total += sessions.length;
    for (const { id } of sessions) {
      this.tell(await hearTools(source, id, reading, this.#signal));
      count.done += 1;
      this.#onProgress(this.progress());
    }
  }

  /** What one source had goes to what all had. */
  #settle(): void {
    if (this.#reading === null) return;
    this.#tally.join(this.#reading.tally);
    this.tell(this.#reading.problems);
    this.#earlier.push(this.#reading);
    this.#reading = null;
  }

  #refused(error: unknown): void {
    if (!(error instanceof ProblemError)) throw error;
    this.tell([error.problem]);
  }
}

/** A database is read from its end anyway; of other formats the newest sessions come first. */
function inTurn({ kind }: Source, heads: readonly SessionHead[]): readonly (readonly SessionHead[])[] {
  if (heads.length === 0) return [];
  if (kind === 'opencode-db' || heads.length <= NEWEST_SESSIONS) return [heads];
  const sorted = heads.toSorted((a, b) => b.timeUpdated - a.timeUpdated);
  return [sorted.slice(0, NEWEST_SESSIONS), sorted.slice(NEWEST_SESSIONS)];
}
