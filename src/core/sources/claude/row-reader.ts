/** Turns the lines of a file into rows, and says which lines could not be read. */
import { INVALID, skipSpace, skipValue } from '../json-scan.ts';
import { isObject, parseBytes, textOf } from './json.ts';
import type { LineListener, LineStart, Wholeness } from './lines.ts';
import type { ProblemLog } from './problem-log.ts';
import { BROKEN, PARSE, QuickReader } from './quick-row.ts';
import type { Row } from './row.ts';
import { readRow } from './row.ts';

export interface RowOptions {
  /** With ids of every line and of the one it answers, for the order. */
  readonly withLinks: boolean;
  /** Parses every line, as a check on the quick way: both must give the same. */
  readonly parseAll?: boolean;
}

const COMMA = 0x2c;
const SAMPLE_BYTES = 2_000;
const SAID = /"type"\s*:\s*"(?:user|assistant)"/;

export class RowReader implements LineListener, LineStart {
  readonly #file: string;
  readonly #log: ProblemLog;
  readonly #take: (row: Row) => void;
  readonly #onProgress: (bytes: number) => void;
  readonly #quick: QuickReader | null;
  /** Of the line that is being read. */
  offset = 0;
  number = 1;

  /** @param file as the person knows it */
  constructor(
    file: string,
    log: ProblemLog,
    take: (row: Row) => void,
    onProgress: (bytes: number) => void,
    options: RowOptions,
  ) {
    this.#file = file;
    this.#log = log;
    this.#take = take;
    this.#onProgress = onProgress;
    this.#quick = options.parseAll === true ? null : new QuickReader(options.withLinks);
  }

  lineBegins(offset: number, number: number): void {
    this.offset = offset;
    this.number = number;
  }

  wholeLine(bytes: Uint8Array, start: number, number: number): number {
    if (this.#quick === null) return -1;
    const row = this.#quick.read(bytes, start);
    if (row === BROKEN) return -1;
    const { lineEnd } = this.#quick;
    if (row !== PARSE) this.#take(row);
    else if (!this.#parse(bytes, start, lineEnd, number, 'whole')) return -1;
    return lineEnd;
  }

  line(bytes: Uint8Array, start: number, end: number, number: number, how: Wholeness): void {
    const first = skipSpace(bytes, start);
    if (first >= end) return;
    const row = this.#quick?.read(bytes, first) ?? PARSE;
    if (typeof row !== 'string') this.#take(row);
    else if (row === BROKEN || !this.#parse(bytes, first, end, number, how)) {
      this.#recover(bytes, first, end, number, how);
    }
  }

  tooLong(number: number): void {
    const text = `Line ${number} of ${this.#file} is longer than 8 MB and was left out.`;
    this.#log.add('damaged-row', 'skipped', this.#file, number, text, 'message');
  }

  progress(bytes: number): void {
    this.#onProgress(bytes);
  }

  #parse(bytes: Uint8Array, start: number, end: number, number: number, how: Wholeness): boolean {
    const value = parseBytes(bytes.subarray(start, end));
    if (!isObject(value)) return false;
    const row = readRow(value);
    const matters = row.prompt !== null || row.reply !== null;
    if (how === 'shortened' && matters) this.#warn(number, 'is longer than 8 MB. What is long in it was shortened');
    this.#take(row);
    return true;
  }

  /** Reads what can be read of a line that is not one object: several glued together, or none. */
  #recover(bytes: Uint8Array, start: number, end: number, number: number, how: Wholeness): void {
    let at = start;
    let objects = 0;
    let others = 0;
    while (at < end) {
      const after = skipValue(bytes, at);
      if (after === INVALID || after > end) break;
      if (this.#parse(bytes, at, after, number, how)) objects++;
      else others++;
      at = skipSeparators(bytes, after);
    }
    if (at < end) this.#broken(bytes.subarray(at, end), number, objects, how);
    else if (objects > 1)
      this.#warn(number, `holds ${objects} entries without a line break between them. All were read`);
    if (others > 0) this.#warn(number, 'is JSON, but no entry of a transcript. It was passed over');
  }

  #broken(rest: Uint8Array, number: number, objects: number, how: Wholeness): void {
    if (how === 'last') {
      const text = `The last line of ${this.#file}, ${number}, ends in the middle. Is it being written? It was left out.`;
      this.#log.add('bad-json', 'warning', this.#file, number, text);
      return;
    }
    const sample = textOf(rest.subarray(0, SAMPLE_BYTES));
    const before = objects === 0 ? 'It was left out.' : 'What stands before was read, the rest was left out.';
    const text = `Line ${number} of ${this.#file} is not valid JSON. ${before}`;
    this.#log.add('bad-json', 'skipped', this.#file, number, text, SAID.test(sample) ? 'message' : undefined);
  }

  #warn(number: number, what: string): void {
    this.#log.add('bad-json', 'warning', this.#file, number, `Line ${number} of ${this.#file} ${what}.`);
  }
}

/** What may stand between glued entries. */
function skipSeparators(bytes: Uint8Array, at: number): number {
  let i = skipSpace(bytes, at);
  while (bytes[i] === COMMA) i = skipSpace(bytes, i + 1);
  return i;
}
