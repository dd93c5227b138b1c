/**
 * Listens to a bulk pass and makes of it what an import needs: a catalog row for each session, and the messages personas
 * may keep. Rows come in the order of the file, so a text may come before its message; what has no message yet waits.
 *
 * Memory is bounded by the rules, not by the file: a text is held only while its message is young, is among the newest of
 * its persona, or is one of the first prompts of its session.
 */
import { writeUse } from '../activity/entries.ts';
import type { Limits } from '../model/constants.ts';
import { DAY_MS } from '../model/constants.ts';
import { isUtilityAgent } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import { problem } from '../model/problem.ts';
import { ProblemBag } from '../model/problem-bag.ts';
import type { MessageHead, PassProgress, Reading, SessionHead, TextPiece, ToolCall } from '../sources/source.ts';
import { byTimeThenId } from '../state/records.ts';
import { collectAfter } from './collect-after.ts';
import { FirstBy } from './first-by.ts';
import { CLIP_STEPS } from '../state/clip.ts';
import { MessageNote } from './message-note.ts';
import { SessionNote } from './session-note.ts';

/** Texts that wait for their message may hold this many UTF-16 units in all. */
const WAITING_UNITS = 16_000_000;
/**
 * Texts held may have this many units in all. Beyond it long ones lose their tails. They do so sooner when those that are surely
 * kept are more than the state can hold, for then the byte rule clips them anyway: a unit takes a byte at least.
 */
const HELD_UNITS = 40_000_000;

/** Messages noted between two looks for what is free: texts that were read and let go would pile up. */
const COLLECTED_EVERY = 40_000;

export class Gatherer implements Reading {
  /** The sessions that are read; a format may find more of them inside. */
  readonly #heads: Map<string, SessionHead>;
  readonly #limits: Limits;
  readonly #youngest: number;
  readonly #path: string;
  readonly #onProgress: (progress: PassProgress) => void;
  #sessions = new Map<string, SessionNote>();
  #messages = new Map<string, MessageNote>();
  #newest = new Map<string, FirstBy<MessageNote>>();
  #texts: TextPiece[] = [];
  #textUnits = 0;
  #overflowed = false;
  #heldUnits = 0;
  #youngUnits = 0;
  /** No text is held longer than this now. */
  #longest = Number.POSITIVE_INFINITY;
  #toolCalls: ToolCall[] = [];
  #problems = new ProblemBag();
  /** Messages of sessions that are not in the session list, counted by session. */
  #strays = new Map<string, number>();

  /**
   * @param heads the sessions that are read, by id
   * @param now the clock of the import, ms
   */
  constructor(
    heads: ReadonlyMap<string, SessionHead>,
    now: number,
    limits: Limits,
    path: string,
    onProgress: (progress: PassProgress) => void = () => undefined,
  ) {
    this.#heads = new Map(heads);
    this.#limits = limits;
    this.#youngest = now - limits.maxAgeDays * DAY_MS;
    this.#path = path;
    this.#onProgress = onProgress;
  }

  get messageCount(): number {
    return this.#messages.size;
  }

  session(head: SessionHead): void {
    this.#heads.set(head.id, { ...this.#heads.get(head.id), ...head });
    const note = this.#sessions.get(head.id);
    if (note !== undefined) note.head = { ...note.head, ...head };
  }

  continued(sessionId: string): void {
    const session = this.#session(sessionId);
    if (session !== null) session.isContinued = true;
  }

  message(head: MessageHead): void {
    const session = this.#session(head.sessionId);
    if (session === null) {
      this.#strays.set(head.sessionId, (this.#strays.get(head.sessionId) ?? 0) + 1);
      return;
    }
    if (this.#messages.has(head.id)) return;
    const forPersona = session.head.parentId === null && !head.summary && !isUtilityAgent(head.agent);
    const use = head.use === undefined ? null : writeUse(head.use, session.models);
    this.#note(new MessageNote(head, session.head, forPersona, use));
  }

  text(piece: TextPiece): void {
    const note = this.#messages.get(piece.messageId);
    if (note === undefined) {
      if (this.#heads.has(piece.sessionId)) this.#wait(piece);
      return;
    }
    if (!note.hasText) this.#meetText(note);
    if (note.isHeld) this.#hold(note, piece);
  }

  wantsText(messageId: string): boolean {
    const note = this.#messages.get(messageId);
    if (note === undefined || note.isHeld) return true;
    return !note.hasText && this.#mayHold(note);
  }

  said(messageId: string): void {
    const note = this.#messages.get(messageId);
    if (note !== undefined) note.hasText = true;
  }

  toolCall(call: ToolCall): void {
    const note = this.#messages.get(call.messageId);
    if (note === undefined) this.#toolCalls.push(call);
    else if (note.role === 'assistant') {
      note.addToolCall(call.time);
      if (call.run !== undefined) note.addRun(call.run);
      this.#session(call.sessionId)?.toolTimes.push(call.time);
    }
  }

  wantsRun(messageId: string): boolean {
    const note = this.#messages.get(messageId);
    // an answer that failed is finished, and may have no end all the same
    return note !== undefined && note.end === note.time;
  }

  problem(found: Problem): void {
    this.#problems.add(found);
  }

  progress(progress: PassProgress): void {
    this.#onProgress(progress);
  }

  /** The file changed under the reader and is read again from the start. */
  restart(): void {
    this.#sessions = new Map();
    this.#messages = new Map();
    this.#newest = new Map();
    this.#texts = [];
    this.#textUnits = 0;
    this.#overflowed = false;
    this.#heldUnits = 0;
    this.#youngUnits = 0;
    this.#longest = Number.POSITIVE_INFINITY;
    this.#toolCalls = [];
    this.#problems = new ProblemBag();
    this.#strays = new Map();
  }

  /**
   * To be called when a pass has ended. True: so many texts came before their messages that they could not be held; read
   * again, the messages are known now.
   */
  settle(): boolean {
    if (this.#overflowed) {
      this.#again();
      return true;
    }
    for (const piece of this.#texts.splice(0)) {
      if (this.#messages.has(piece.messageId)) this.text(piece);
      else this.problem(orphan(this.#path, piece));
    }
    for (const call of this.#toolCalls.splice(0)) if (this.#messages.has(call.messageId)) this.toolCall(call);
    return false;
  }

  sessions(): SessionNote[] {
    return [...this.#heads.values()].map((head) => this.#sessions.get(head.id) ?? new SessionNote(head));
  }

  /** Messages personas may keep. */
  messages(): MessageNote[] {
    return [...this.#messages.values()].filter((note) => note.heldForPersona);
  }

  problems(): Problem[] {
    return [...this.#problems.all(), ...[...this.#strays].map(([id, count]) => stray(this.#path, id, count))];
  }

  #session(id: string): SessionNote | null {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const head = this.#heads.get(id);
    if (head === undefined) return null;
    const note = new SessionNote(head);
    this.#sessions.set(id, note);
    return note;
  }

  #note(note: MessageNote): void {
    this.#messages.set(note.id, note);
    if (this.#messages.size % COLLECTED_EVERY === 0) collectAfter(COLLECTED_EVERY);
    this.#session(note.session.id)?.notes.push(note);
  }

  #again(): void {
    const known = [...this.#messages.values()];
    const sessions = [...this.#sessions.values()];
    this.restart();
    // what messages took is written by the models of their sessions
    for (const { head, models } of sessions) this.#sessions.set(head.id, new SessionNote(head, models));
    for (const note of known) this.#note(note.fresh());
  }

  #wait(piece: TextPiece): void {
    if (this.#overflowed) return;
    this.#textUnits += piece.text.length;
    this.#overflowed = this.#textUnits > WAITING_UNITS;
    this.#texts.push(piece);
  }

  #hold(note: MessageNote, { partId, text }: TextPiece): void {
    const units = note.addPiece(partId, text, this.#longest);
    this.#heldUnits += units;
    if (this.#isYoung(note)) this.#youngUnits += units;
    while (this.#youngUnits > this.#limits.stateLimitBytes || this.#heldUnits > HELD_UNITS)
      if (!this.#shorten()) return;
  }

  /** Of a persona, and kept whatever else there is. */
  #isYoung(note: MessageNote): boolean {
    return note.heldForPersona && note.time >= this.#youngest;
  }

  /** Whether its first text would be kept for anything. */
  #mayHold(note: MessageNote): boolean {
    if (note.role === 'user' && this.#session(note.session.id)?.prompts.hasPlaceFor(note) !== false) return true;
    if (!note.forPersona) return false;
    return note.time >= this.#youngest || this.#newest.get(note.agent)?.hasPlaceFor(note) !== false;
  }

  /** The first text of a message decides what it may be kept for. */
  #meetText(note: MessageNote): void {
    note.hasText = true;
    if (note.role === 'user') this.#keepAsPrompt(note);
    if (note.forPersona) this.#keepForPersona(note);
  }

  #keepAsPrompt(note: MessageNote): void {
    const out = this.#session(note.session.id)?.prompts.add(note);
    if (out !== note) note.hold('prompt');
    if (out !== null && out !== note) this.#heldUnits -= out?.release('prompt') ?? 0;
  }

  #keepForPersona(note: MessageNote): void {
    let newest = this.#newest.get(note.agent);
    if (newest === undefined) {
      newest = new FirstBy<MessageNote>(this.#limits.minMessages, (a, b) => byTimeThenId(b, a));
      this.#newest.set(note.agent, newest);
    }
    note.hold('persona');
    const out = newest.add(note);
    if (out !== null && out.time < this.#youngest) this.#heldUnits -= out.release('persona');
  }

  /** False: no text is held that is longer than the shortest that may be. */
  #shorten(): boolean {
    const shorter = CLIP_STEPS.find((units) => units < this.#longest);
    if (shorter === undefined) return false;
    this.#longest = shorter;
    this.#heldUnits = 0;
    this.#youngUnits = 0;
    for (const note of this.#messages.values()) {
      if (!note.isHeld) continue;
      note.shorten(shorter);
      const units = note.heldUnits();
      this.#heldUnits += units;
      if (this.#isYoung(note)) this.#youngUnits += units;
    }
    return true;
  }
}

function orphan(path: string, piece: TextPiece): Problem {
  return problem(
    'damaged-row',
    'warning',
    path,
    `Text part ${piece.partId} belongs to message ${piece.messageId}, which is not in the file. It was left out.`,
    { row: piece.partId },
  );
}

function stray(path: string, sessionId: string, count: number): Problem {
  return problem(
    'damaged-row',
    'warning',
    path,
    `${count} messages belong to session ${sessionId}, which is not in the session list. They were left out.`,
    { row: sessionId },
  );
}
