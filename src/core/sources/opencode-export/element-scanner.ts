import { Capture } from './capture.ts';

/** Who takes what the scanner finds. */
export interface ElementListener {
  /** The value of `info`; null when it was too large. */
  info(bytes: Uint8Array | null): void;
  /** The next of `messages`; null when it was too large. */
  message(bytes: Uint8Array | null): void;
}

/** An element larger than this is not kept. */
export const MAX_ELEMENT_BYTES = 64 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const RETURN = 0x0d;
const TAB = 0x09;

const decoder = new TextDecoder();

/**
 * Finds the `info` object and the elements of the `messages` array of an export, in bytes that come in chunks, without
 * holding more than one of them. Only braces, brackets and strings are told apart here; who takes an element parses it.
 *
 * A damaged place must not cost what comes after it. A line break inside a string can't be, so a string ends there; and
 * where lines are indented, as `opencode export` does, an element begins and ends at the indent of the first one.
 */
export class ElementScanner {
  readonly #listener: ElementListener;
  readonly #value = new Capture(MAX_ELEMENT_BYTES);
  readonly #keyBytes = new Capture(256);
  #depth = 1;
  /** Depth of the container whose values are looked at: 1 the object, 2 the array of messages. */
  #base = 1;
  #inString = false;
  #escaped = false;
  #key = '';
  #expects: 'key' | 'colon' | 'value' | 'end' = 'key';
  /** Spaces since the line began, or -1 when something else came. */
  #indent = -1;
  /** Indent of the elements of `messages`, or -1 when they do not begin a line. */
  #elementIndent = -1;
  #ended = false;
  #started = false;
  #sawMessages = false;

  constructor(listener: ElementListener) {
    this.#listener = listener;
  }

  /** The first brace came. */
  get started(): boolean {
    return this.#started;
  }

  /** The object is whole: what comes after it is not looked at. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The array `messages` has begun. */
  get sawMessages(): boolean {
    return this.#sawMessages;
  }

  /** The value of `info` has begun and not ended. */
  get inInfo(): boolean {
    return this.#base === 1 && this.#value.open;
  }

  /** An element of `messages` has begun and not ended. */
  get inMessage(): boolean {
    return this.#base === 2 && this.#value.open;
  }

  push(chunk: Uint8Array): void {
    this.#value.from(0);
    this.#keyBytes.from(0);
    for (let i = 0; i < chunk.length && !this.#ended; i++) {
      if (this.#inString && !this.#escaped) i = plainUntil(chunk, i);
      this.#take(chunk[i] ?? SPACE, i, chunk);
    }
    this.#value.keep(chunk, chunk.length);
    this.#keyBytes.keep(chunk, chunk.length);
  }

  #take(byte: number, i: number, chunk: Uint8Array): void {
    if (byte === NEWLINE) {
      this.#indent = 0;
      this.#inString = false;
      this.#escaped = false;
      return;
    }
    if (this.#inString) return this.#inText(byte, i, chunk);
    if (byte === SPACE) {
      if (this.#indent >= 0) this.#indent++;
      return;
    }
    if (byte === RETURN || byte === TAB) return;
    const indent = this.#indent;
    this.#indent = -1;
    if (!this.#started) {
      this.#started = byte === OPEN_BRACE;
      return;
    }
    if (this.#base === 2 && indent >= 0) this.#straighten(byte, indent, i, chunk);
    this.#structure(byte, indent, i, chunk);
  }

  #inText(byte: number, i: number, chunk: Uint8Array): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#inString = false;
      if (!this.#keyBytes.open) return;
      this.#key = decoder.decode(this.#keyBytes.end(chunk, i) ?? new Uint8Array(0));
      this.#expects = 'colon';
    }
  }

  /** Where the indent says at which depth a line is, it counts more than the braces before it: one of them may be damaged. */
  #straighten(byte: number, indent: number, i: number, chunk: Uint8Array): void {
    if (this.#elementIndent < 0) return;
    if (indent === this.#elementIndent && byte === OPEN_BRACE && (this.#depth !== 2 || this.#value.open)) {
      this.#finish(chunk, i);
      this.#depth = 2;
    } else if (indent === this.#elementIndent && byte === CLOSE_BRACE) this.#depth = 3;
    else if (indent < this.#elementIndent && byte === CLOSE_BRACKET) this.#depth = 2;
  }

  #structure(byte: number, indent: number, i: number, chunk: Uint8Array): void {
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return this.#close(i, chunk);
    const atBase = this.#depth === this.#base;
    if (atBase && byte === COMMA) {
      this.#finish(chunk, i);
      if (this.#base === 1) this.#expects = 'key';
      return;
    }
    if (atBase && this.#base === 1 && this.#expects !== 'value') {
      if (byte === COLON && this.#expects === 'colon') this.#expects = 'value';
      if (byte === QUOTE) this.#inString = true;
      if (byte === QUOTE && this.#expects === 'key') this.#keyBytes.begin(i + 1);
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
      return;
    }
    if (atBase && this.#base === 1 && byte === OPEN_BRACKET && this.#key === 'messages' && !this.#sawMessages) {
      this.#sawMessages = true;
      this.#base = 2;
      this.#depth = 2;
      return;
    }
    if (atBase && !this.#value.open) this.#beginValue(indent, i);
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
  }

  #beginValue(indent: number, i: number): void {
    if (this.#base === 1) {
      this.#expects = 'end';
      if (this.#key !== 'info') return;
    } else if (this.#elementIndent < 0 && indent > 0) this.#elementIndent = indent;
    this.#value.begin(i);
  }

  #close(i: number, chunk: Uint8Array): void {
    this.#depth--;
    if (this.#base === 2 && this.#depth === 2) return this.#finish(chunk, i + 1);
    if (this.#depth >= this.#base) return;
    this.#finish(chunk, i);
    this.#ended = this.#base === 1;
    this.#base = 1;
    this.#depth = 1;
    this.#expects = 'end';
  }

  #finish(chunk: Uint8Array, i: number): void {
    if (!this.#value.open) return;
    const bytes = this.#value.end(chunk, i);
    if (this.#base === 2) this.#listener.message(bytes);
    else this.#listener.info(bytes);
  }
}

/** Where the next byte is that means something inside a string. */
function plainUntil(chunk: Uint8Array, from: number): number {
  let i = from;
  for (; i < chunk.length; i++) {
    const byte = chunk[i];
    if (byte === QUOTE || byte === BACKSLASH || byte === NEWLINE) return i;
  }
  return i;
}
