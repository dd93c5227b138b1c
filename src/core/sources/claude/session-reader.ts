/** One session of Claude Code: its end is read from the end of its file, the rest when all lines have been looked at. */
import { MadeOnce } from '../../made-once.ts';
import type { Problem } from '../../model/problem.ts';
import { problem } from '../../model/problem.ts';
import type { TranscriptMessage } from '../../model/transcript.ts';
import type { ByteSource } from '../byte-source.ts';
import { joinedBytes } from '../joined-bytes.ts';
import { jsonText } from '../json-text.ts';
import type { SessionReader } from '../session-reader.ts';
import { fileSessionId } from './finished.ts';
import { INVALID, skipSpace, skipValue } from '../json-scan.ts';
import type { JsonObject } from './json.ts';
import { isObject, parseBytes, textOf } from './json.ts';
import type { LineLimits } from './lines.ts';
import { readLines } from './lines.ts';
import type { ListedFile, ListedSession } from './listing.ts';
import type { IndexedMessage, LinePlace } from './transcript-index.ts';
import { TranscriptIndex } from './transcript-index.ts';
import type { MessageLines } from './transcript-message.ts';
import { claudeMessage } from './transcript-message.ts';

/** Bytes of the end of a file that are looked at first; four times as many when they hold too few messages. */
const FIRST_TAIL = 256 * 1024;
const LAST_TAIL = 64 * 1024 * 1024;
/** Lines that stand no further apart are read in one go, as long as that is not too much at once. */
const GAP = 64 * 1024;
const AT_ONCE = 8 * 1024 * 1024;
const MOST_LINE = 64 * 1024 * 1024;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

export interface SessionPorts {
  open(file: ListedFile): Promise<ByteSource>;
  readonly limits: LineLimits;
  /** As what it is shown. */
  readonly agent: string;
}

export class ClaudeSession implements SessionReader {
  readonly problems: Problem[] = [];
  readonly #id: string;
  readonly #session: ListedSession;
  readonly #ports: SessionPorts;
  readonly #index = new MadeOnce<TranscriptIndex>();
  #messages: readonly IndexedMessage[] | null = null;

  /** @param id of the session, or of a sidechain in its file */
  constructor(id: string, session: ListedSession, ports: SessionPorts) {
    this.#id = id;
    this.#session = session;
    this.#ports = ports;
  }

  async newest(count: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const file = this.#session.files.at(-1);
    if (file === undefined) return [];
    for (let bytes = FIRST_TAIL; ; bytes *= 4) {
      const isLast = bytes >= Math.min(file.sizeBytes, LAST_TAIL);
      const index = await this.#tail(file, this.#session.files.length - 1, bytes, signal);
      const messages = index.inOrder(this.#side);
      // the first one may have begun before
      if (isLast || messages.length > count) return this.#read(index, messages.slice(-count), signal);
    }
  }

  async ids(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#all(signal)).map(({ id }) => id);
  }

  async messages(from: number, to: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const messages = await this.#all(signal);
    return this.#read(await this.#indexed(signal), messages.slice(from, to), signal);
  }

  async raw(at: number, signal: AbortSignal): Promise<string> {
    const message = (await this.#all(signal))[at];
    if (message === undefined) return '';
    const [found] = await this.#lines([message], signal);
    return jsonText([...(found?.lines ?? []), ...(found?.results ?? [])]);
  }

  /** Null for the session itself. */
  get #side(): string | null {
    const file = fileSessionId(this.#id);
    return this.#id === file ? null : this.#id.slice(file.length + 1);
  }

  async #all(signal: AbortSignal): Promise<readonly IndexedMessage[]> {
    this.#messages ??= (await this.#indexed(signal)).inOrder(this.#side);
    return this.#messages;
  }

  /** One after the other asks for it: the first pass is for all. */
  #indexed(signal: AbortSignal): Promise<TranscriptIndex> {
    return this.#index.get(() => this.#pass(signal));
  }

  async #pass(signal: AbortSignal): Promise<TranscriptIndex> {
    const index = this.#newIndex();
    for (const [at, file] of this.#session.files.entries()) {
      const source = await this.#ports.open(file);
      try {
        index.beginFile(at);
        await readLines(source, index, this.#ports.limits, signal);
        index.endFile(source.size);
      } finally {
        source.close();
      }
    }
    if (index.damaged > 0) this.#tellDamage(index.damaged);
    return index;
  }

  async #tail(file: ListedFile, at: number, bytes: number, signal: AbortSignal): Promise<TranscriptIndex> {
    signal.throwIfAborted();
    const index = this.#newIndex();
    const source = await this.#ports.open(file);
    try {
      const from = Math.max(0, source.size - bytes);
      const tail = await source.read(from, source.size - from);
      // the line that is cut there is left out
      const begin = from === 0 ? 0 : tail.indexOf(LINE_FEED) + 1;
      index.beginFile(at);
      for (let start = begin; start < tail.length;) {
        const feed = tail.indexOf(LINE_FEED, start);
        const isOpen = feed === -1;
        index.lineBegins(from + start);
        if (isOpen) index.line(withLineFeed(tail.subarray(start)), 0, tail.length - start);
        else if (feed > start) index.line(tail, start, feed);
        start = isOpen ? tail.length : feed + 1;
      }
      index.endFile(source.size);
      return index;
    } finally {
      source.close();
    }
  }

  #newIndex(): TranscriptIndex {
    return new TranscriptIndex(this.#session.id, this.#session.type !== 'user');
  }

  async #read(
    index: TranscriptIndex,
    messages: readonly IndexedMessage[],
    signal: AbortSignal,
  ): Promise<TranscriptMessage[]> {
    const sideOf = (task: string): string | null => {
      const side = index.sideOf(task);
      return side === null ? null : `${this.#session.id}:${side}`;
    };
    const found = await this.#lines(messages, signal);
    return found.map((lines) => claudeMessage(lines, { agent: this.#ports.agent, sideOf }));
  }

  async #lines(messages: readonly IndexedMessage[], signal: AbortSignal): Promise<MessageLines[]> {
    const places = messages.flatMap(({ lines, results }) => [...lines, ...results]);
    const entries = new Map<LinePlace, Entry>();
    for (const [at, file] of this.#session.files.entries()) {
      const own = places.filter((place) => place.file === at);
      if (own.length > 0) await this.#readFile(file, own, entries, signal);
    }
    return messages.map((indexed) => {
      const of = (wanted: readonly LinePlace[]): Entry[] =>
        wanted.map((place) => entries.get(place)).filter((entry) => entry !== undefined);
      const [lines, results] = [of(indexed.lines), of(indexed.results)];
      const damaged = [...lines, ...results].flatMap((entry) => (typeof entry === 'string' ? [entry] : []));
      return { indexed, lines: lines.filter(isObject), results: results.filter(isObject), damaged };
    });
  }

  async #readFile(
    file: ListedFile,
    places: readonly LinePlace[],
    entries: Map<LinePlace, Entry>,
    signal: AbortSignal,
  ): Promise<void> {
    const source = await this.#ports.open(file);
    try {
      for (const stretch of stretchesOf(places)) {
        signal.throwIfAborted();
        const bytes = await source.read(stretch.offset, stretch.length);
        for (const place of stretch.places) {
          const start = place.offset - stretch.offset;
          entries.set(place, entryOf(bytes.subarray(start, start + place.length), place));
        }
      }
    } finally {
      source.close();
    }
  }

  #tellDamage(count: number): void {
    const path = this.#session.files[0]?.file.path ?? this.#session.id;
    const what = count === 1 ? 'One line' : `${count} lines`;
    const text = `${what} of ${path} could not be read and ${count === 1 ? 'is' : 'are'} missing here.`;
    this.problems.push(problem('bad-json', 'skipped', path, text, { lost: 'message' }));
  }
}

/** An entry, or the beginning of what stands there instead. */
type Entry = JsonObject | string;

interface Stretch {
  readonly offset: number;
  length: number;
  readonly places: LinePlace[];
}

function stretchesOf(places: readonly LinePlace[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const place of places.toSorted((a, b) => a.offset - b.offset)) {
    const length = Math.min(place.length, MOST_LINE);
    const last = stretches.at(-1);
    const end = place.offset + length;
    const isNear = last !== undefined && place.offset - (last.offset + last.length) <= GAP;
    if (isNear && end - last.offset <= AT_ONCE) {
      last.length = Math.max(last.length, end - last.offset);
      last.places.push(place);
    } else stretches.push({ offset: place.offset, length, places: [place] });
  }
  return stretches;
}

function entryOf(bytes: Uint8Array, { entry }: LinePlace): Entry {
  const whole = entry === 0 ? parseBytes(bytes) : undefined;
  if (isObject(whole)) return whole;
  const line = withLineFeed(bytes);
  let at = skipSpace(line, 0);
  for (let i = 0; at < bytes.length; i += 1) {
    const after = skipValue(line, at);
    if (after === INVALID) break;
    const value = i === entry ? parseBytes(bytes.subarray(at, after)) : undefined;
    if (isObject(value)) return value;
    at = skipSpace(line, after);
    while (line[at] === COMMA) at = skipSpace(line, at + 1);
  }
  return textOf(bytes.subarray(0, GAP));
}

function withLineFeed(bytes: Uint8Array): Uint8Array {
  return joinedBytes([bytes, Uint8Array.of(LINE_FEED)]);
}
