/** What is known of one session while its files are read: its head, its messages, and what its lines say of other sessions. */
import type { DraftMessage, TextBudget, TextListener } from './draft-message.ts';
import { idOf } from './draft-message.ts';
import type { ProblemLog } from './problem-log.ts';
import type { Reply, Row, Title } from './row.ts';
import type { Span } from './sidechains.ts';
import { joinSpans, Sidechains } from './sidechains.ts';

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
  readonly #titles: Partial<Record<Title['kind'], string>> = {};
  readonly #isAgent: boolean;
  readonly #budget: TextBudget | null;
  readonly #onText: TextListener | null;
  readonly #withLinks: boolean;
  readonly #uuids = new Set<string>();
  readonly #toolUses = new Set<string>();
  readonly #counts = new Map<DraftMessage, number>();
  #held = 0;
  #place = 0;
  #span: Span | undefined;
  #lastReply: DraftMessage | null = null;

  constructor(
    sessionId: string,
    log: ProblemLog,
    how: { isAgent: boolean; withLinks: boolean; budget: TextBudget | null; onText: TextListener | null },
  ) {
    this.sessionId = sessionId;
    this.log = log;
    this.#isAgent = how.isAgent;
    this.#withLinks = how.withLinks;
    this.#budget = how.budget;
    this.#onText = how.onText;
  }

  /** The last `summary`, else what a person or the model called it. */
  get title(): string {
    return this.#titles.summary ?? this.#titles.custom ?? this.#titles.ai ?? '';
  }

  /** Earliest and latest time of its user and assistant lines. */
  get span(): Span | undefined {
    return this.#span;
  }

  /** The reply at the end of the file, which the model may still be writing. */
  get unfinished(): DraftMessage | null {
    return this.#lastReply?.stopped === false ? this.#lastReply : null;
  }

  add(row: Row): void {
    this.#note(row);
    if (row.kind === 'other' || this.#isRepeated(row)) return;
    this.#noteTime(row);
    if (row.kind === 'user' && !row.sidechain) this.#lastReply = null;
    if (row.prompt !== null) this.#addText(this.#message(row, row.uuid, 'user'), row.prompt);
    else if (row.reply !== null) this.#addReply(row, row.reply);
  }

  /** Lets go of the texts; they can be read again. */
  drop(): void {
    for (const message of this.messages.values()) message.texts.length = 0;
    if (this.#budget !== null) this.#budget.left += this.#held;
    this.#held = 0;
  }

  #note(row: Row): void {
    this.#place++;
    if (row.prompt !== null || row.reply !== null) this.firstUuid ??= row.uuid;
    if (this.#withLinks) this.links.push({ uuid: row.uuid, parent: row.parent });
    if (row.cwd !== null) this.directories.add(row.cwd);
    if (row.title !== null) this.#titles[row.title.kind] = row.title.text;
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
    if (this.#uuids.has(uuid)) return true;
    this.#uuids.add(uuid);
    return false;
  }

  #isOwn(row: Row): boolean {
    return row.copiedFrom === null && (this.#isAgent || row.sessionId === null || row.sessionId === this.sessionId);
  }

  #noteTime({ time }: Row): void {
    if (time !== null) this.#span = joinSpans(this.#span, { start: time, end: time });
  }

  #addReply(row: Row, reply: Reply): void {
    const message = this.#message(row, reply.id ?? row.uuid, 'assistant');
    if (row.time !== null) message.updated = Math.max(message.updated ?? row.time, row.time);
    message.stopped ||= reply.stopped;
    for (const text of reply.texts) this.#addText(message, text);
    for (const { id, agentType, task } of reply.toolUses) {
      if (agentType !== null && id !== null) this.typeByCall.set(id, agentType);
      if (agentType !== null && task !== null) this.typeByTask.set(task, agentType);
      if (this.#toolUses.has(id ?? '')) continue;
      this.#toolUses.add(id ?? '');
      message.toolTimes.push(row.time);
    }
    if (message.side === null) this.#lastReply = message;
  }

  #message(row: Row, written: string | null, role: DraftMessage['role']): DraftMessage {
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
    };
    this.messages.set(id, message);
    return message;
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
