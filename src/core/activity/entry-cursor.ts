/**
 * Walks the stored entries of a session without making anything of them: a report goes over a million. What an entry says stands in
 * the fields of the cursor until it moves on.
 */
import type { SessionActivity } from '../model/activity.ts';

const SPACE = 0x20;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const SMALL_A = 0x61;
const SMALL_P = 0x70;
const SMALL_Z = 0x7a;
const RADIX = 36;

export class EntryCursor {
  readonly #text: string;
  readonly #agents: number;
  readonly #models: number;
  #at = 0;
  #keyStart = 0;
  #keyEnd = 0;
  #isBroken = false;
  /** ms */
  time = 0;
  end = 0;
  isPrompt = false;
  /** Its place in the list of agents. */
  agent = 0;
  /** Its place in the list of models; -1 where nothing was recorded. */
  model = -1;
  input = 0;
  output = 0;
  reasoning = 0;
  cacheRead = 0;
  cacheWrite = 0;
  /** NaN where it was not recorded. */
  cost = Number.NaN;
  /** Start and end of each run, in pairs. */
  readonly runs: number[] = [];

  constructor({ entries, agents, models }: SessionActivity) {
    this.#text = entries;
    this.#agents = agents.length;
    this.#models = models.length;
  }

  get key(): string {
    const written = this.#text.slice(this.#keyStart, this.#keyEnd);
    return written.includes('%') ? decodeURIComponent(written) : written;
  }

  /** False when there is none, or when what is there was damaged: what comes after can't be placed in time. */
  next(): boolean {
    if (this.#at >= this.#text.length) return false;
    this.#keyStart = this.#at;
    this.#keyEnd = this.#text.indexOf(' ', this.#at);
    if (this.#keyEnd <= this.#keyStart) return false;
    this.#at = this.#keyEnd + 1;
    this.time += this.#number();
    this.#pass(SPACE);
    this.agent = this.#number();
    this.#pass(SPACE);
    this.runs.length = 0;
    this.isPrompt = this.#peek() === SMALL_P && this.#isEnd(this.#at + 1);
    if (this.isPrompt) this.#readPrompt();
    else this.#readAnswer();
    return !this.#isBroken && this.agent < this.#agents && this.model < this.#models;
  }

  #readPrompt(): void {
    this.#at += 1;
    this.end = this.time;
    this.model = -1;
    this.#pass(LINE_FEED);
  }

  #readAnswer(): void {
    this.end = this.time + this.#number();
    this.#pass(SPACE);
    this.#readUse();
    while (this.#peek() === SPACE) {
      this.#at += 1;
      const start = this.time + this.#number();
      this.#pass(COMMA);
      this.runs.push(start, start + this.#number());
    }
    this.#pass(LINE_FEED);
  }

  #readUse(): void {
    this.model = -1;
    if (this.#peek() === MINUS) {
      this.#at += 1;
      return;
    }
    this.model = this.#count();
    this.input = this.#count();
    this.output = this.#count();
    this.reasoning = this.#count();
    this.cacheRead = this.#count();
    this.cacheWrite = this.#count();
    const start = this.#at;
    while (!this.#isEnd(this.#at) && this.#peek() !== SPACE) this.#at += 1;
    this.cost = start === this.#at ? Number.NaN : Number(this.#text.slice(start, this.#at));
  }

  #count(): number {
    const count = this.#number();
    this.#pass(COMMA);
    return count;
  }

  #number(): number {
    const isNegative = this.#peek() === MINUS;
    if (isNegative) this.#at += 1;
    const start = this.#at;
    let number = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code >= ZERO && code <= NINE) number = number * RADIX + code - ZERO;
      else if (code >= SMALL_A && code <= SMALL_Z) number = number * RADIX + code - SMALL_A + 10;
      else break;
    }
    if (this.#at === start) this.#isBroken = true;
    return isNegative ? -number : number;
  }

  /** What must stand here; the end stands for a line feed. */
  #pass(code: number): void {
    if (this.#peek() === code) this.#at += 1;
    else if (code !== LINE_FEED || this.#at < this.#text.length) this.#isBroken = true;
  }

  #peek(): number {
    return this.#at < this.#text.length ? this.#text.charCodeAt(this.#at) : -1;
  }

  #isEnd(at: number): boolean {
    return at >= this.#text.length || this.#text.charCodeAt(at) === LINE_FEED;
  }
}
