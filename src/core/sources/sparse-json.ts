/**
 * Some values out of an object in JSON, the rest passed over unread. For rows of which few fields are wanted and there are
 * hundreds of thousands: no string is decoded and no object is made for what nobody asks.
 */
import { isAt } from './is-at.ts';
import { eachField, ESCAPED_NAME, INVALID, isPlainString, skipSpace, skipValue } from './json-scan.ts';
import type { JsonObject } from './opencode-db/json.ts';
import { plainText } from './plain-text.ts';

/** The wanted keys: their value, or for an object again those that are wanted of it. */
export interface WantedKeys {
  readonly [key: string]: 'value' | WantedKeys;
}

/** Longer ones are rare, and JSON.parse is good at them. */
const MOST_BYTES = 16 * 1024;
const MOST_DIGITS = 15;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
/** By their first letters. */
const WORDS: ReadonlyMap<number, unknown> = new Map<number, unknown>([
  [0x74, true],
  [0x66, false],
  [0x6e, null],
]);

/** The walk ends at a line feed behind the JSON: the bytes are copied to here to have one. */
const scratch = new Uint8Array(MOST_BYTES + 1);

/**
 * Reads the wanted keys of objects, one after another.
 *
 * @example
 * const reader = new SparseReader({ role: 'value', time: { created: 'value' } });
 * reader.read(bytes); // { role: 'user', time: { created: 1 } }
 */
export class SparseReader {
  readonly #root: Wanted;

  constructor(wanted: WantedKeys) {
    this.#root = new Wanted(wanted);
  }

  /**
   * What JSON.parse would give, with the wanted keys alone; objects and arrays that were not asked into are empty. Null: have it
   * parsed, it is no JSON or not written the usual way.
   */
  read(bytes: Uint8Array): JsonObject | null {
    if (bytes.length > MOST_BYTES) return null;
    scratch.set(bytes);
    scratch[bytes.length] = LINE_FEED;
    const found = this.#root.read(scratch, skipSpace(scratch, 0));
    return found !== null && skipSpace(scratch, this.#root.end) === bytes.length ? found : null;
  }
}

/** The wanted keys of one object. */
class Wanted {
  /** After the last object that was read. */
  end = 0;
  readonly #keys: readonly WantedKey[];
  #found: Record<string, unknown> = {};
  readonly #visit = (start: number, end: number, value: number): number => this.#field(start, end, value);

  constructor(wanted: WantedKeys) {
    this.#keys = Object.entries(wanted).map(([name, inside]) => new WantedKey(name, inside));
  }

  read(bytes: Uint8Array, at: number): JsonObject | null {
    this.#found = {};
    this.end = eachField(bytes, at, this.#visit);
    return this.end === INVALID ? null : this.#found;
  }

  #field(start: number, end: number, value: number): number {
    if (end === ESCAPED_NAME) return INVALID;
    for (const key of this.#keys) {
      if (!key.isNamed(start, end)) continue;
      const found = key.value(value);
      this.#found[key.name] = found;
      return key.end;
    }
    return skipValue(scratch, value);
  }
}

class WantedKey {
  readonly name: string;
  /** After the last value that was read, or INVALID. */
  end = 0;
  readonly #bytes: Uint8Array;
  readonly #inside: Wanted | null;
  /** The same few names come again and again: each is made once. */
  #text = '';
  #textBytes = new Uint8Array(0);

  constructor(name: string, inside: 'value' | WantedKeys) {
    this.name = name;
    this.#bytes = new TextEncoder().encode(name);
    this.#inside = inside === 'value' ? null : new Wanted(inside);
  }

  isNamed(start: number, end: number): boolean {
    return end - start === this.#bytes.length && isAt(scratch, start, this.#bytes);
  }

  value(at: number): unknown {
    const first = scratch[at];
    if (first === OPEN_OBJECT && this.#inside !== null) {
      const found = this.#inside.read(scratch, at);
      this.end = this.#inside.end;
      return found;
    }
    this.end = skipValue(scratch, at);
    if (this.end === INVALID) return null;
    if (first === OPEN_OBJECT) return {};
    if (first === OPEN_ARRAY) return [];
    if (first === QUOTE) return this.#string(at);
    return WORDS.has(first ?? 0) ? WORDS.get(first ?? 0) : numberAt(at, this.end);
  }

  #string(at: number): string | null {
    const [start, end] = [at + 1, this.end - 1];
    if (end - start === this.#textBytes.length && isAt(scratch, start, this.#textBytes)) return this.#text;
    if (!isPlainString(scratch, at, this.end)) {
      this.end = INVALID;
      return null;
    }
    this.#textBytes = scratch.slice(start, end);
    this.#text = plainText(scratch, start, end);
    return this.#text;
  }
}

function numberAt(start: number, end: number): number {
  let number = 0;
  for (let i = start; i < end; i++) {
    const byte = scratch[i] ?? 0;
    if (byte < ZERO || byte > NINE || i - start >= MOST_DIGITS) return Number(plainText(scratch, start, end));
    number = number * 10 + byte - ZERO;
  }
  return number;
}
