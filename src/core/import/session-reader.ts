/** Sessions read whole from the sources that are connected, one after the other: each source is opened once, when it is first needed. */
import type { CatalogRow } from '../model/agent-session.ts';
import type { Problem } from '../model/problem.ts';
import { ProblemError } from '../model/problem.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { discover } from '../sources/discover.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import { getMessagesForSession } from '../sources/source-queries.ts';
import type { FoundSource, Source, SourceMessage } from '../sources/source.ts';
import { neededCopies } from './copies.ts';
import { merged } from './transcript.ts';

export type SessionReading =
  | { readonly kind: 'read'; readonly messages: readonly SourceMessage[] }
  /** A source that has messages of it is not connected. */
  | { readonly kind: 'not-connected' }
  /** Its sources are there and do not have it any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

export class SessionReader {
  readonly #found: Map<string, FoundSource>;
  readonly #open = new Map<string, Source>();
  /** What was given and is no source. */
  readonly problems: readonly Problem[];

  private constructor(found: readonly FoundSource[], problems: readonly Problem[]) {
    this.#found = new Map(found.map((source) => [source.store, source]));
    this.problems = problems;
  }

  static async over(
    entries: readonly SourceEntry[],
    ports: OpencodePorts,
    signal: AbortSignal,
  ): Promise<SessionReader> {
    const { sources, problems } = await discover(entries, ports, signal);
    return new SessionReader(sources, problems);
  }

  async read(row: CatalogRow, signal: AbortSignal): Promise<SessionReading> {
    const copies = neededCopies(row);
    if (copies.length === 0 || copies.some(({ store }) => !this.#found.has(store))) return { kind: 'not-connected' };
    let whole: readonly SourceMessage[] = [];
    try {
      for (const { store } of copies) {
        const source = await this.#source(store);
        const messages = await getMessagesForSession(source, row.sessionId, signal);
        whole = whole.length === 0 ? messages : merged(whole, messages);
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { kind: 'unreadable', problem: error.problem };
    }
    return whole.length === 0 ? { kind: 'gone' } : { kind: 'read', messages: whole };
  }

  close(): void {
    for (const source of this.#open.values()) source.close();
    this.#open.clear();
  }

  async #source(store: string): Promise<Source> {
    const open = this.#open.get(store);
    if (open !== undefined) return open;
    const found = this.#found.get(store);
    if (found === undefined) throw new Error(`store ${store} is not connected`);
    const source = await found.open();
    this.#open.set(store, source);
    return source;
  }
}
