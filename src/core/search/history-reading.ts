/**
 * Listens to a bulk pass over one source and finds the messages that have all words. No text is held: of a message it is known which
 * words it had so far, and when it has all, the excerpt of the part that brought the last.
 */
import { projectName } from '../catalog/project-name.ts';
import type { Problem } from '../model/problem.ts';
import type { Marked, MessageHit, SearchFilters } from '../model/search-views.ts';
import type { MessageHead, Reading, SessionHead, Source, TextPiece } from '../sources/source.ts';
import { excerpt } from './excerpt.ts';
import type { FilterContext } from './filters.ts';
import { Filters } from './filters.ts';
import type { Searchable } from './fold.ts';
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

/** What must be known of a message to tell of it. */
type Said = Pick<MessageHead, 'sessionId' | 'agent' | 'role' | 'time'>;

interface Heard {
  /** A bit for each word that was found. */
  words: number;
  /** When all were; null where nobody will see it. */
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
  readonly #isEarlier: (messageId: string) => boolean;
  readonly #onProgress: () => void;
  /** Every word's bit. */
  readonly #all: number;
  readonly #sessions: Map<string, SessionHead>;
  /** Messages that were told; null: not one of those that are looked for. */
  #said = new Map<string, Said | null>();
  /** Messages in which something was found. */
  #heard = new Map<string, Heard>();
  /** In which session a message was found, by what its copies have in common. */
  #originals = new Map<string, string>();
  tally: HistoryTally;
  problems: Problem[] = [];

  /** @param isEarlier whether another source had the message */
  constructor(
    asked: HistoryAsked,
    source: Source,
    heads: readonly SessionHead[],
    isEarlier: (messageId: string) => boolean,
    onProgress: () => void,
  ) {
    this.#asked = asked;
    this.#filters = new Filters(asked.filters, { ...asked.context, projectOf: (id) => this.#projectOf(id) });
    this.#source = source;
    this.#sessions = new Map(heads.map((head) => [head.id, head]));
    this.#isEarlier = isEarlier;
    this.#onProgress = onProgress;
    this.#all = 2 ** asked.terms.length - 1;
    this.tally = new HistoryTally(asked.limit);
    if (asked.test !== null) this.mayHold = asked.test;
  }

  /** Messages that were looked at. */
  get searched(): number {
    return this.#said.size;
  }

  has(messageId: string): boolean {
    return this.#said.has(messageId);
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

  /** Sessions of the source of which messages may be found, the newest first. */
  sessions(): readonly SessionHead[] {
    return [...this.#sessions.values()]
      .filter((head) => this.mayFindIn(head))
      .sort((a, b) => b.timeUpdated - a.timeUpdated || (a.id < b.id ? -1 : 1));
  }

  message({ id, sessionId, agent, role, time }: MessageHead): void {
    if (this.#said.has(id) || this.#isEarlier(id)) return;
    const said = { sessionId, agent, role, time };
    const isLookedFor = !this.#asked.known.has(id) && this.#filters.message({ ...said, source: this.#source.tool });
    this.#said.set(id, isLookedFor ? said : null);
    const heard = this.#heard.get(id);
    if (isLookedFor && heard?.words === this.#all) this.#found(id, said, heard);
  }

  text({ messageId, text }: TextPiece): void {
    this.#hear(messageId, text, false);
  }

  /** What a tool was given, or gave back. */
  tool(messageId: string, text: string): void {
    this.#hear(messageId, text, true);
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
    this.#said = new Map();
    this.#heard = new Map();
    this.#originals = new Map();
    this.problems = [];
    this.tally = new HistoryTally(this.#asked.limit);
  }

  #hear(messageId: string, text: string, inTool: boolean): void {
    const said = this.#said.get(messageId);
    const before = this.#heard.get(messageId);
    if (said === null || before?.words === this.#all) return;
    const searched = searchable(text);
    const words = this.#wordsIn(searched);
    if (words === 0) return;
    const heard = before ?? { words: 0, excerpt: null, units: 0, inTool };
    this.#heard.set(messageId, heard);
    heard.words |= words;
    heard.units += text.length;
    heard.inTool = inTool;
    if (heard.words !== this.#all) return;
    if (said === undefined || this.tally.mayShow(said.time)) heard.excerpt = excerpt(this.#asked.terms, searched);
    if (said !== undefined) this.#found(messageId, said, heard);
  }

  #wordsIn(searched: Searchable): number {
    let words = 0;
    for (const [at, term] of this.#asked.terms.entries()) if (findTerm(term, searched) !== null) words |= 1 << at;
    return words;
  }

  #found(id: string, said: Said, heard: Heard): void {
    // forks copy messages with new ids and the same times
    const copy = `${said.time} ${said.role} ${heard.units}`;
    const original = this.#originals.get(copy) ?? said.sessionId;
    if (original !== said.sessionId) return;
    this.#originals.set(copy, original);
    if (heard.excerpt === null) this.tally.count();
    else this.tally.add(this.#hit(id, said, heard.excerpt, heard.inTool));
    heard.excerpt = null;
  }

  #hit(id: string, { sessionId, agent, role, time }: Said, found: Marked, inTool: boolean): MessageHit {
    const { projectPath = '', projectName = '' } = this.#projectOf(sessionId) ?? {};
    const session = this.#sessions.get(sessionId);
    return {
      id,
      sessionId,
      sessionTitle: session?.title ?? '',
      projectPath,
      projectName,
      source: this.#source.tool,
      agent,
      role,
      byPerson: role === 'user' && (session?.parentId ?? null) === null,
      time,
      excerpt: found,
      personaId: null,
      inTool,
    };
  }

  #projectOf(sessionId: string): ReturnType<FilterContext['projectOf']> {
    const path = this.#sessions.get(sessionId)?.directory ?? '';
    if (path === '') return this.#asked.context.projectOf(sessionId);
    return { projectPath: path, projectName: projectName(path) };
  }
}
