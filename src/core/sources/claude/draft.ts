/** What is known of one session while its files are read: its head, its messages, and what its lines say of other sessions. */
import type { DraftMessage, TextBudget, TextListener } from './draft-message.ts';
import { idOf } from './draft-message.ts';
import type { KnownSession } from './known-session.ts';
import { larger } from './larger-use.ts';
import type { LineStart } from './lines.ts';
import type { ProblemLog } from './problem-log.ts';
import type { Reply, Row, Title } from './row.ts';
import type { Span } from './sidechains.ts';
import { joinSpans, Sidechains } from './sidechains.ts';

/** Where the last message of the main line begins: what stands before it will not change when the file grows. */
export interface Mark extends LineStart {
  /** Rows before it. */
  readonly place: number;
  /** The id of its line. */
  readonly uuid: string;
  /** Tool calls before it. */
  readonly calls: number;
}

export interface DraftOptions {
  readonly isAgent: boolean;
  readonly withLinks: boolean;
  readonly budget: TextBudget | null;
  readonly onText: TextListener | null;
  /** What was read of the session before: only what comes after it is added. */
  readonly known?: KnownSession;
}

export class Draft {
  readonly sessionId: string;
  readonly log: ProblemLog;
  readonly messages = new Map<string, DraftMessage>();
  readonly sidechains = new Sidechains();
  /** Other sessions that lines name, with how many name each. */
  readonly named = new Map<string, number>();
  readonly directories = new Set<string>();
  /** Type of agent by the call that starts it, and by what it is told. */
  readonly typeByCall = new Map<string, string>();
  readonly typeByTask = new Map<string, string>();
  /** The call that started an agent. */
  readonly callByAgent = new Map<string, string>();
  /** Texts did not fit: they must be read again. */
  overflowed = false;
  /** Of the line of the first message: files that begin with the same one are copies. */
  firstUuid: string | null = null;
  /** In the order of the lines, when asked for. */
  readonly links: { readonly uuid: string | null; readonly parent: string | null }[] = [];
  /** Ids of all tool calls, in order. */
  readonly toolUses = new Set<string>();
  hasSidechains = false;
  /** Null when something before could not be read. */
  lastMark: Mark | null = null;
  readonly titles: Partial<Record<Title['kind'], string>> = {};
  readonly #isAgent: boolean;
  readonly #budget: TextBudget | null;
  readonly #onText: TextListener | null;
  readonly #withLinks: boolean;
  readonly #uuids = new Set<string>();
  readonly #counts = new Map<DraftMessage, number>();
  #held = 0;
  #place = 0;
  #span: Span | undefined;
  #lastReply: DraftMessage | null = null;
  /** The reply of each line of the conversation that tools answer. */
  readonly #asking = new Map<string, DraftMessage>();
  /** The id of the first line, when there was one. */
  #begin: string | null | undefined;

  constructor(sessionId: string, log: ProblemLog, how: DraftOptions) {
    this.sessionId = sessionId;
    this.log = log;
    this.#isAgent = how.isAgent;
    this.#withLinks = how.withLinks;
    this.#budget = how.budget;
    this.#onText = how.onText;
    if (how.known !== undefined) this.#goOnFrom(how.known);
  }

  /** The last `summary`, else what a person or the model called it. */
  get title(): string {
    return this.titles.summary ?? this.titles.custom ?? this.titles.ai ?? '';
  }

  /** Earliest and latest time of its user and assistant lines. */
  get span(): Span | undefined {
    return this.#span;
  }

  /** The reply at the end of the file, which the model may still be writing. */
  get unfinished(): DraftMessage | null {
    return this.#lastReply?.stopped === false ? this.#lastReply : null;
  }

  /** True when the first line that was added had this id. */
  beganWith(uuid: string): boolean {
    return this.#begin === uuid;
  }

  /** @param at where the line begins */
  add(row: Row, at: LineStart): void {
    this.#note(row);
    if (row.kind === 'other' || this.#isRepeated(row)) return;
    this.#noteTime(row);
    if (row.kind === 'user' && !row.sidechain) this.#lastReply = null;
    if (row.answers) this.#noteAnswer(row);
    if (row.prompt !== null) this.#addText(this.#message(row, row.uuid, 'user', at), row.prompt);
    else if (row.reply !== null) this.#addReply(row, row.reply, at);
  }

  /** Lets go of the texts; they can be read again. */
  drop(): void {
    for (const message of this.messages.values()) message.texts.length = 0;
    if (this.#budget !== null) this.#budget.left += this.#held;
    this.#held = 0;
  }

  #note(row: Row): void {
    this.#place++;
    if (this.#begin === undefined) this.#begin = row.uuid;
    this.hasSidechains ||= row.sidechain;
    if (row.prompt !== null || row.reply !== null) this.firstUuid ??= row.uuid;
    if (this.#withLinks) this.links.push({ uuid: row.uuid, parent: row.parent });
    if (row.cwd !== null) this.directories.add(row.cwd);
    if (row.title !== null) this.titles[row.title.kind] = row.title.text;
    if (row.spawned !== null) this.callByAgent.set(row.spawned.agentId, row.spawned.toolUseId);
    if (row.sessionId !== this.sessionId) this.#name(row.sessionId);
    if (row.copiedFrom !== null) this.#name(row.copiedFrom);
    if (row.sidechain && !this.#isAgent) this.sidechains.add(row);
  }

  #name(sessionId: string | null): void {
    if (sessionId === null || sessionId === this.sessionId) return;
    this.named.set(sessionId, (this.named.get(sessionId) ?? 0) + 1);
  }

  /** The same line twice in one file. */
  #isRepeated({ uuid }: Row): boolean {
    if (uuid === null) return false;
    const before = this.#uuids.size;
    return this.#uuids.add(uuid).size === before;
  }

  #isOwn(row: Row): boolean {
    return row.copiedFrom === null && (this.#isAgent || row.sessionId === null || row.sessionId === this.sessionId);
  }

  #noteTime({ time }: Row): void {
    if (time !== null) this.#span = joinSpans(this.#span, { start: time, end: time });
  }

  #addReply(row: Row, reply: Reply, at: LineStart): void {
    const message = this.#message(row, reply.id ?? row.uuid, 'assistant', at);
    if (row.time !== null) message.updated = Math.max(message.updated ?? row.time, row.time);
    message.stopped ||= reply.stopped;
    message.use = larger(message.use, reply.use);
    this.#asking.set(this.#lineOf(row), message);
    for (const text of reply.texts) this.#addText(message, text);
    for (const { id, agentType, task } of reply.toolUses) {
      if (agentType !== null && id !== null) this.typeByCall.set(id, agentType);
      if (agentType !== null && task !== null) this.typeByTask.set(task, agentType);
      const before = this.toolUses.size;
      if (this.toolUses.add(id ?? '').size > before) message.toolTimes.push(row.time);
    }
    if (message.side === null) this.#lastReply = message;
  }

  /** Tools ran until here. */
  #noteAnswer(row: Row): void {
    const message = this.#asking.get(this.#lineOf(row));
    if (message !== undefined && row.time !== null) message.answered = Math.max(message.answered ?? row.time, row.time);
  }

  /** The main line, or the sidechain of one agent. */
  #lineOf({ sidechain, agentId }: Row): string {
    return sidechain && !this.#isAgent ? `:${agentId ?? ''}` : '';
  }

  #message(row: Row, written: string | null, role: DraftMessage['role'], at: LineStart): DraftMessage {
    const id = idOf(written, row, `${this.sessionId}:${this.#place}`);
    const known = this.messages.get(id);
    const own = this.#isOwn(row);
    if (known !== undefined) {
      known.own &&= own;
      known.time ??= row.time;
      return known;
    }
    const side = row.sidechain && !this.#isAgent ? (row.agentId ?? row.uuid ?? id) : null;
    const message: DraftMessage = {
      id,
      role,
      place: this.#place - 1,
      side,
      own,
      time: row.time,
      updated: row.time,
      stopped: role === 'user',
      texts: [],
      toolTimes: [],
      answered: null,
      use: null,
    };
    this.messages.set(id, message);
    this.#noteMark(row, at);
    return message;
  }

  #noteMark({ uuid }: Row, { offset, number }: LineStart): void {
    const isReadable = uuid !== null && this.log.isEmpty;
    const place = this.#place - 1;
    this.lastMark = isReadable ? { offset, number, place, uuid, calls: this.toolUses.size } : null;
  }

  #goOnFrom({ place, firstUuid, titles, directories, span, callByAgent, typeByCall }: KnownSession): void {
    this.#place = place;
    this.firstUuid = firstUuid;
    Object.assign(this.titles, titles);
    for (const directory of directories) this.directories.add(directory);
    this.#span = span;
    for (const [agentId, call] of callByAgent) this.callByAgent.set(agentId, call);
    for (const [call, type] of typeByCall) this.typeByCall.set(call, type);
  }

  #addText(message: DraftMessage, text: string): void {
    if (text.trim() === '') return;
    if (this.#onText !== null) {
      const index = this.#counts.get(message) ?? 0;
      this.#counts.set(message, index + 1);
      this.#onText(message, text, index);
      return;
    }
    if (this.overflowed) return;
    message.texts.push(text);
    this.#held += text.length;
    if (this.#budget === null) return;
    this.#budget.left -= text.length;
    if (this.#budget.left >= 0) return;
    this.overflowed = true;
    this.drop();
  }
}
