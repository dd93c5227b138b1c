/** Reads the reply a line holds without making values of what it does not need: thoughts, and what tools were asked to do. */
import { isAt } from '../is-at.ts';
import { eachElement, eachField, ESCAPED_NAME, isPlainString, skipValue } from '../json-scan.ts';
import { parseBytes, stringOf } from './json.ts';
import { Repeated } from './repeated.ts';
import { AGENT_TOOLS, NO_MODEL } from './row.ts';
import type { Reply, ToolUse } from './row.ts';
import { shortText } from './short-text.ts';

const encoder = new TextEncoder();
const ID = encoder.encode('id');
const CONTENT = encoder.encode('content');
const STOP_REASON = encoder.encode('stop_reason');
const TYPE = encoder.encode('type');
const TEXT = encoder.encode('text');
const NAME = encoder.encode('name');
const MODEL = encoder.encode('model');
const USAGE = encoder.encode('usage');
const INPUT = encoder.encode('input_tokens');
const OUTPUT = encoder.encode('output_tokens');
const CACHE_READ = encoder.encode('cache_read_input_tokens');
const CACHE_WRITE = encoder.encode('cache_creation_input_tokens');
const TEXT_TYPE = encoder.encode('"text"');
const TOOL_TYPE = encoder.encode('"tool_use"');

const QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const LETTER_N = 0x6e;
const ZERO = 0x30;
const NINE = 0x39;
const MOST_DIGITS = 15;

/** Where a value stands; empty when there is none. */
interface Place {
  start: number;
  end: number;
}

/** Walks the `message` of a line. Gives exactly the {@link Reply} of the parsed line, or asks to parse. */
export class QuickMessage {
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #id: Place = { start: 0, end: 0 };
  readonly #stopReason: Place = { start: 0, end: 0 };
  readonly #blockType: Place = { start: 0, end: 0 };
  readonly #blockText: Place = { start: 0, end: 0 };
  readonly #blockId: Place = { start: 0, end: 0 };
  readonly #blockName: Place = { start: 0, end: 0 };
  readonly #model: Place = { start: 0, end: 0 };
  readonly #repeatedId = new Repeated();
  readonly #repeatedModel = new Repeated();
  /** Start and end of each text, in pairs. */
  readonly #texts: number[] = [];
  /** Start and end of the id of each tool call, in pairs. */
  readonly #calls: number[] = [];
  #unusual = false;
  #hasUsage = false;
  #input = 0;
  #output = 0;
  #cacheRead = 0;
  #cacheWrite = 0;

  /** Gives the place after the value, or INVALID. */
  walk(bytes: Uint8Array, value: number): number {
    this.#bytes = bytes;
    this.#unusual = false;
    clear(this.#id);
    clear(this.#stopReason);
    clear(this.#model);
    this.#hasUsage = false;
    this.#forgetContent();
    return bytes[value] === OPEN_OBJECT ? eachField(bytes, value, this.#visit) : skipValue(bytes, value);
  }

  /** What was walked last; null where only parsing tells. */
  reply(): Reply | null {
    if (this.#unusual) return null;
    const { start, end } = this.#id;
    const id = this.#bytes[start] === QUOTE && end > start ? this.#repeatedId.of(this.#bytes, start, end) : null;
    const stopped = this.#stopReason.end > 0 && this.#bytes[this.#stopReason.start] !== LETTER_N;
    const use = this.#readUse();
    // what it took may have been written in an unusual way
    return this.#unusual ? null : { id, texts: this.#readTexts(), toolUses: this.#readCalls(), stopped, use };
  }

  #readUse(): Reply['use'] {
    if (!this.#hasUsage) return null;
    const { start, end } = this.#model;
    const isText = end > start && this.#bytes[start] === QUOTE;
    const model = isText ? this.#repeatedModel.of(this.#bytes, start, end) : null;
    if (model === NO_MODEL) return null;
    return {
      model: model ?? 'unknown',
      input: this.#input,
      output: this.#output,
      reasoning: 0,
      cacheRead: this.#cacheRead,
      cacheWrite: this.#cacheWrite,
      cost: null,
    };
  }

  #readTexts(): string[] {
    const texts: string[] = [];
    for (let i = 0; i < this.#texts.length; i += 2) {
      const text = parseBytes(this.#bytes.subarray(this.#texts[i], this.#texts[i + 1]));
      if (typeof text === 'string' && text.trim() !== '') texts.push(text);
    }
    return texts;
  }

  #readCalls(): ToolUse[] {
    const calls: ToolUse[] = [];
    for (let i = 0; i < this.#calls.length; i += 2) {
      const start = this.#calls[i] ?? 0;
      const end = this.#calls[i + 1] ?? 0;
      const id = this.#bytes[start] === QUOTE && end > start ? stringOf(shortText(this.#bytes, start, end)) : null;
      calls.push({ id, agentType: null, task: null });
    }
    return calls;
  }

  readonly #visit = (nameStart: number, nameEnd: number, value: number): number => {
    if (nameEnd === ESCAPED_NAME) this.#unusual = true;
    if (this.#isNamed(nameStart, nameEnd, CONTENT)) return this.#walkContent(value);
    if (this.#isNamed(nameStart, nameEnd, USAGE)) return this.#walkUsage(value);
    const end = skipValue(this.#bytes, value);
    if (this.#isNamed(nameStart, nameEnd, ID)) note(this.#id, value, end);
    else if (this.#isNamed(nameStart, nameEnd, STOP_REASON)) note(this.#stopReason, value, end);
    else if (this.#isNamed(nameStart, nameEnd, MODEL)) note(this.#model, value, end);
    return end;
  };

  #walkUsage(value: number): number {
    this.#hasUsage = this.#bytes[value] === OPEN_OBJECT;
    this.#input = 0;
    this.#output = 0;
    this.#cacheRead = 0;
    this.#cacheWrite = 0;
    if (!this.#hasUsage) return skipValue(this.#bytes, value);
    return eachField(this.#bytes, value, this.#visitUsage);
  }

  readonly #visitUsage = (nameStart: number, nameEnd: number, value: number): number => {
    if (nameEnd === ESCAPED_NAME) this.#unusual = true;
    const end = skipValue(this.#bytes, value);
    if (this.#isNamed(nameStart, nameEnd, INPUT)) this.#input = this.#count(value, end);
    else if (this.#isNamed(nameStart, nameEnd, OUTPUT)) this.#output = this.#count(value, end);
    else if (this.#isNamed(nameStart, nameEnd, CACHE_READ)) this.#cacheRead = this.#count(value, end);
    else if (this.#isNamed(nameStart, nameEnd, CACHE_WRITE)) this.#cacheWrite = this.#count(value, end);
    return end;
  };

  /** A whole number in plain digits; for all else it is only known that it must be parsed. */
  #count(start: number, end: number): number {
    let number = 0;
    for (let at = start; at < end; at++) {
      const byte = this.#bytes[at] ?? 0;
      if (byte < ZERO || byte > NINE) this.#unusual = true;
      number = number * 10 + byte - ZERO;
    }
    if (end - start > MOST_DIGITS) this.#unusual = true;
    return number;
  }

  #walkContent(value: number): number {
    this.#forgetContent();
    if (this.#bytes[value] === OPEN_ARRAY) return eachElement(this.#bytes, value, this.#visitBlock);
    const end = skipValue(this.#bytes, value);
    if (this.#bytes[value] === QUOTE) this.#texts.push(value, end);
    return end;
  }

  readonly #visitBlock = (value: number): number => {
    const bytes = this.#bytes;
    if (bytes[value] !== OPEN_OBJECT) {
      const end = skipValue(bytes, value);
      if (bytes[value] === QUOTE) this.#texts.push(value, end);
      return end;
    }
    clear(this.#blockType);
    clear(this.#blockText);
    clear(this.#blockId);
    clear(this.#blockName);
    const end = eachField(bytes, value, this.#visitBlockField);
    this.#endBlock();
    return end;
  };

  readonly #visitBlockField = (nameStart: number, nameEnd: number, value: number): number => {
    if (nameEnd === ESCAPED_NAME) this.#unusual = true;
    const end = skipValue(this.#bytes, value);
    if (this.#isNamed(nameStart, nameEnd, TYPE)) note(this.#blockType, value, end);
    else if (this.#isNamed(nameStart, nameEnd, TEXT)) note(this.#blockText, value, end);
    else if (this.#isNamed(nameStart, nameEnd, NAME)) note(this.#blockName, value, end);
    else if (this.#isNamed(nameStart, nameEnd, ID)) note(this.#blockId, value, end);
    return end;
  };

  #endBlock(): void {
    const { start, end } = this.#blockType;
    if (this.#isValue(start, end, TEXT_TYPE)) {
      const text = this.#blockText;
      if (this.#bytes[text.start] === QUOTE && text.end > text.start) this.#texts.push(text.start, text.end);
    } else if (this.#isValue(start, end, TOOL_TYPE)) {
      this.#calls.push(this.#blockId.start, this.#blockId.end);
      if (this.#mayStartAgent()) this.#unusual = true;
    } else if (end > start && !isPlainString(this.#bytes, start, end)) this.#unusual = true;
  }

  #mayStartAgent(): boolean {
    const { start, end } = this.#blockName;
    if (end <= start || this.#bytes[start] !== QUOTE) return false;
    return !isPlainString(this.#bytes, start, end) || AGENT_TOOLS.has(shortText(this.#bytes, start, end));
  }

  #isNamed(start: number, end: number, name: Uint8Array): boolean {
    return end - start === name.length && isAt(this.#bytes, start, name);
  }

  #isValue(start: number, end: number, value: Uint8Array): boolean {
    return end - start === value.length && isAt(this.#bytes, start, value);
  }

  #forgetContent(): void {
    this.#texts.length = 0;
    this.#calls.length = 0;
  }
}

function note(place: Place, start: number, end: number): void {
  place.start = start;
  place.end = end;
}

function clear(place: Place): void {
  note(place, 0, 0);
}
