import type { Stretch } from '../model/activity.ts';
import type { Said } from './said.ts';
import { saidKey } from './said.ts';
import type { Role } from '../model/message.ts';
import { headOf } from '../state/utf8.ts';
import type { MessageHead, SessionHead } from '../sources/source.ts';

/** Enough units for a prompt of 2,000 characters, whatever they are. */
const PROMPT_UNITS = 4_000;

interface Piece {
  readonly partId: string;
  text: string;
  /** Units of the whole piece; `text` may be only its head. */
  readonly length: number;
}

type NotedHead = Pick<MessageHead, 'id' | 'role' | 'agent' | 'time' | 'updated' | 'finished' | 'end' | 'byPerson'>;

/** What an import remembers of one message while it reads. There is one for each message of a pass: keep it small. */
export class MessageNote implements Said {
  readonly id: string;
  readonly session: SessionHead;
  readonly role: Role;
  readonly agent: string;
  readonly time: number;
  readonly finished: boolean;
  /** May become a persona's: of a top-level session, not the tool's own talk. */
  readonly forPersona: boolean;
  readonly byPerson: boolean;
  /** What it took, written by the models of its session. */
  readonly use: string | null;
  hasText = false;
  /** From its time on, ms: a small number takes no room of its own. */
  readonly #updatedAfter: number;
  readonly #endAfter: number;
  #toolCalls: number[] | null = null;
  #runs: Stretch[] | null = null;
  #key: string | null = null;
  #heldForPersona = false;
  #heldAsPrompt = false;
  #pieces: Piece[] | null = null;

  constructor(head: NotedHead, session: SessionHead, forPersona: boolean, use: string | null = null) {
    this.id = head.id;
    this.session = session;
    this.role = head.role;
    this.agent = head.agent;
    this.time = head.time;
    this.finished = head.finished;
    this.forPersona = forPersona;
    this.#updatedAfter = head.updated - head.time;
    this.#endAfter = (head.end ?? head.time) - head.time;
    this.byPerson = head.byPerson ?? false;
    this.use = use;
  }

  /** The same message before any text came. */
  fresh(): MessageNote {
    return new MessageNote(this, this.session, this.forPersona, this.use);
  }

  /** Stands for its id in the index of what was said. */
  get key(): string {
    // asked for more than once, and dear
    return (this.#key ??= saidKey(this.id));
  }

  get updated(): number {
    return this.time + this.#updatedAfter;
  }

  /** When the work on it ended, ms. */
  get end(): number {
    return this.time + this.#endAfter;
  }

  /** When its tools were called, ms. */
  get toolCalls(): readonly number[] {
    return this.#toolCalls ?? [];
  }

  addToolCall(time: number): void {
    this.#toolCalls = withOne(this.#toolCalls, time);
  }

  /** Runs of its tools that reach beyond it. */
  get runs(): readonly Stretch[] {
    return this.#runs ?? [];
  }

  addRun(run: Stretch): void {
    if (run.start >= this.time && run.end <= this.end) return;
    this.#runs = withOne(this.#runs, run);
  }

  /** A person wrote it. */
  get isPrompt(): boolean {
    return this.role === 'user' && (this.hasText || this.byPerson);
  }

  get heldForPersona(): boolean {
    return this.#heldForPersona;
  }

  /** Whether its text is wanted. */
  get isHeld(): boolean {
    return this.#heldForPersona || this.#heldAsPrompt;
  }

  hold(use: 'persona' | 'prompt'): void {
    if (use === 'persona') this.#heldForPersona = true;
    else this.#heldAsPrompt = true;
  }

  /** Forgets what only this use needed. Gives back how many units that frees. */
  release(use: 'persona' | 'prompt'): number {
    const before = this.heldUnits();
    if (use === 'persona') this.#heldForPersona = false;
    else this.#heldAsPrompt = false;
    if (!this.isHeld) this.#pieces = null;
    else if (!this.#heldForPersona) this.shorten(PROMPT_UNITS);
    return before - this.heldUnits();
  }

  /** Holds a text, or its first `limit` units. Gives back how many units are held now that were not before. */
  addPiece(partId: string, text: string, limit: number): number {
    if (!this.isHeld) return 0;
    const head = headOf(text, this.#heldForPersona ? limit : PROMPT_UNITS);
    const piece = { partId, text: head, length: text.length };
    this.#pieces = withOne(this.#pieces, piece);
    return head.length;
  }

  heldUnits(): number {
    return (this.#pieces ?? []).reduce((units, piece) => units + piece.text.length, 0);
  }

  shorten(limit: number): void {
    for (const piece of this.#pieces ?? []) piece.text = headOf(piece.text, limit);
  }

  /** The message text rule: parts in part order, joined by a blank line. Only its head, when a part was shortened. */
  text(): string {
    const pieces = this.#pieces ?? [];
    if (pieces.length > 1) pieces.sort((a, b) => (a.partId < b.partId ? -1 : 1));
    const cut = pieces.findIndex((piece) => piece.text.length < piece.length);
    const whole = cut === -1 ? pieces : pieces.slice(0, cut + 1);
    return whole.map((piece) => piece.text).join('\n\n');
  }

  /** UTF-16 units of the whole text, whatever is held of it. */
  fullLength(): number {
    const pieces = this.#pieces ?? [];
    return pieces.reduce((units, piece) => units + piece.length, Math.max(0, pieces.length - 1) * 2);
  }
}

/** With one more. Pushed to or spread, an array takes room for seventeen at once, and mostly there are one or two. */
function withOne<T>(some: readonly T[] | null, one: T): T[] {
  return some === null ? [one] : some.concat([one]);
}
