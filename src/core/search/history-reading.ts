/**
 * Listens to a bulk pass over one source and finds the messages that have all words. No text is held: of a message it is known which
 * words it had so far, and when it has all, the excerpt of the part that brought the last.
 */
import type { Marked, MessageHit, SearchFilters } from '../model/search-views.ts';
import type { Problem } from '../model/problem.ts';
import type { MessageHead, Reading, SessionHead, Source, TextPiece } from '../sources/source.ts';
import { projectName } from '../catalog/project-name.ts';
import { excerpt } from './excerpt.ts';
import type { FilterContext } from './filters.ts';
import { Filters } from './filters.ts';
import { searchable } from './fold.ts';
import { HistoryTally } from './history-tally.ts';
import type { Term } from './match.ts';
import { findTerm } from './match.ts';
import type { ByteTest } from './needles.ts';

export interface HistoryAsked {
  readonly terms: readonly Term[];
  readonly filters: SearchFilters;
  /** What is known beside what the source says. */
  readonly context: FilterContext;
  readonly test: ByteTest | null;
  /** Messages that were found elsewhere. */
  readonly known: ReadonlySet<string>;
  /** Hits that are held. */
  readonly limit: number;
}

interface Heard {
  head: MessageHead | null;
  /** A bit for each word that was found. */
  words: number;
  /** When all were. */
  excerpt: Marked | null;
  /** Of the texts in which something was found. */
  units: number;
  inTool: boolean;
}

export class HistoryReading implements Reading {
  readonly mayHold?: (bytes: Uint8Array) => boolean;
  readonly #asked: HistoryAsked;
  readonly #filters: Filters;
  readonly #source: Source;
  readonly #earlier: ReadonlySet<string>;
  readonly #onProgress: () => void;
  readonly #all: number;
  readonly #sessions: Map<string, SessionHead>;
  #heard = new Map<string, Heard>();
  #ids = new Set<string>();
  #copies = new Set<string>();
  tally: HistoryTally;
  problems: Problem[] = [];

  /** @param earlier messages that another source had */
  constructor(
    asked: HistoryAsked,
    source: Source,
    heads: readonly SessionHead[],
    earlier: ReadonlySet<string>,
    onProgress: () => void,
  ) {
    this.#asked = asked;
    this.#filters = new Filters(asked.filters, { ...asked.context, projectOf: (id) => this.#projectOf(id) });
    this.#source = source;
    this.#sessions = new Map(heads.map((head) => [head.id, head]));
    this.#earlier = earlier;
    this.#onProgress = onProgress;
    this.#all = 2 ** asked.terms.length - 1;
    this.tally = new HistoryTally(asked.limit);
    if (asked.test !== null) this.mayHold = asked.test;
  }

  /** Messages that were looked at. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  session(head: SessionHead): void {
    this.#sessions.set(head.id, head);
  }

  /** Whether messages of a session may be found, by what the list says of it. */
  mayFindIn({ id, timeUpdated }: SessionHead): boolean {
    const project = this.#projectOf(id);
    // a transcript may say its folder only inside
    return this.#filters.reaches(timeUpdated) && (project === undefined || this.#filters.folder(project));
  }

  message(head: MessageHead): void {
    if (this.#ids.has(head.id) || this.#earlier.has(head.id)) return;
    this.#ids.add(head.id);
    const heard = this.#of(head.id);
    heard.head = head;
    this.#settle(heard);
  }

  text({ messageId, text }: TextPiece): void {
    this.#hear(messageId, text, false);
  }

  /** What a tool was given, or gave back, of a message that was told. */
  tool(messageId: string, text: string): void {
    this.#hear(messageId, text, true);
  }

  /** Sessions of the source of which messages may be found, the newest first. */
  sessions(): readonly SessionHead[] {
    return [...this.#sessions.values()]
      .filter((head) => this.mayFindIn(head))
      .sort((a, b) => b.timeUpdated - a.timeUpdated || (a.id < b.id ? -1 : 1));
  }

  toolCall(): void {
    // not looked for
  }

  problem(found: Problem): void {
    this.problems.push(found);
  }

  progress(): void {
    this.#onProgress();
  }

  restart(): void {
    this.#heard = new Map();
    this.#ids = new Set();
    this.#copies = new Set();
    this.problems = [];
    this.tally = new HistoryTally(this.#asked.limit);
  }

  #hear(messageId: string, text: string, inTool: boolean): void {
    const heard = this.#of(messageId);
    if (heard.words === this.#all) return;
    const searched = searchable(text);
    const { terms } = this.#asked;
    for (const [at, term] of terms.entries()) if (findTerm(term, searched) !== null) heard.words |= 1 << at;
    heard.units += text.length;
    if (heard.words !== this.#all) return;
    heard.inTool = inTool;
    heard.excerpt = excerpt(terms, searched);
    this.#settle(heard);
  }

  /** Counts a message of which all is known now. */
  #settle({ head, excerpt: found, units, inTool }: Heard): void {
    if (head === null || found === null || this.#asked.known.has(head.id)) return;
    if (!this.#filters.message({ ...head, source: this.#source.tool })) return;
    // forks copy messages with new ids and the same times
    const copy = `${head.time} ${head.role} ${units}`;
    if (this.#copies.has(copy)) return;
    this.#copies.add(copy);
    this.tally.add({ ...this.#hit(head, found), inTool });
  }

  #hit({ id, sessionId, agent, role, time }: MessageHead, found: Marked): Omit<MessageHit, 'inTool'> {
    const { projectPath = '', projectName = '' } = this.#projectOf(sessionId) ?? {};
    return {
      id,
      sessionId,
      sessionTitle: this.#sessions.get(sessionId)?.title ?? '',
      projectPath,
      projectName,
      source: this.#source.tool,
      agent,
      role,
      time,
      excerpt: found,
      personaId: null,
    };
  }

  #projectOf(sessionId: string): ReturnType<FilterContext['projectOf']> {
    const path = this.#sessions.get(sessionId)?.directory ?? '';
    if (path === '') return this.#asked.context.projectOf(sessionId);
    return { projectPath: path, projectName: projectName(path) };
  }

  #of(messageId: string): Heard {
    let heard = this.#heard.get(messageId);
    if (heard === undefined) {
      heard = { head: null, words: 0, excerpt: null, units: 0, inTool: false };
      this.#heard.set(messageId, heard);
    }
    return heard;
  }
}
