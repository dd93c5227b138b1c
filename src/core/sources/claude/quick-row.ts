/**
 * Reads a line without parsing it, where that is enough: of tool results, progress and bookkeeping, most of the bytes of a
 * transcript, only a few short fields matter. Gives exactly what {@link readRow} gives for the parsed line, or asks to parse.
 */
import { quickTime } from './iso-time.ts';
import { isAt } from '../is-at.ts';
import { eachField, ESCAPED_NAME, INVALID, skipSpace, skipValue } from '../json-scan.ts';
import { stringOf } from './json.ts';
import type { Name } from './quick-fields.ts';
import { ABSENT, fieldAt, FIELDS, INDEX } from './quick-fields.ts';
import { QuickMessage } from './quick-message.ts';
import { Repeated } from './repeated.ts';
import type { Row } from './row.ts';
import { timeOf, TITLE_TYPES } from './row.ts';
import { shortText } from './short-text.ts';

/** PARSE: the line matters, or is unusual. BROKEN: it is not one JSON object. */
export const PARSE = 'parse';
export const BROKEN = 'broken';

const encoder = new TextEncoder();
const AGENT_ID = encoder.encode('agentId');
const SESSION_ID = encoder.encode('sessionId');
const FLAGS = ['isMeta', 'isCompactSummary', 'isVisibleInTranscriptOnly'] as const;

const QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const LINE_FEED = 0x0a;
const LETTER_T = 0x74;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;

const EMPTY: Row = {
  kind: 'other',
  uuid: null,
  parent: null,
  sessionId: null,
  cwd: null,
  time: null,
  sidechain: false,
  agentId: null,
  copiedFrom: null,
  spawned: null,
  prompt: null,
  task: null,
  answers: false,
  reply: null,
  title: null,
};

export class QuickReader {
  readonly #withLinks: boolean;
  readonly #starts = new Int32Array(FIELDS);
  readonly #ends = new Int32Array(FIELDS);
  readonly #repeated = Array.from({ length: FIELDS }, () => new Repeated());
  readonly #spawnedId = new Repeated();
  readonly #originId = new Repeated();
  #bytes: Uint8Array = new Uint8Array(0);
  #last = EMPTY;
  /** A name is written with escapes: only parsing tells what it is. */
  #unusual = false;
  #within = false;
  /** The last message was walked: it may be a reply. */
  #walked = false;
  readonly #message = new QuickMessage();
  #agentStart = ABSENT;
  #agentEnd = ABSENT;
  /** The session the line was copied from. */
  #originStart = ABSENT;
  #originEnd = ABSENT;

  /** @param withLinks gives ids of bookkeeping lines too, and of those they answer. Costs time: only where order is asked for. */
  constructor(withLinks: boolean) {
    this.#withLinks = withLinks;
  }

  /** Where the line feed stands of the line that was read last, when it is one object. */
  lineEnd = 0;

  read(bytes: Uint8Array, start: number): Row | typeof PARSE | typeof BROKEN {
    this.#bytes = bytes;
    this.#starts.fill(ABSENT);
    this.#unusual = false;
    this.#within = false;
    this.#walked = false;
    this.#agentStart = ABSENT;
    this.#originStart = ABSENT;
    const after = eachField(bytes, start, this.#visit);
    this.lineEnd = skipSpace(bytes, after);
    if (after === INVALID || bytes[this.lineEnd] !== LINE_FEED) return BROKEN;
    return this.#unusual ? PARSE : this.#row();
  }

  readonly #visit = (nameStart: number, nameEnd: number, value: number): number => {
    if (nameEnd === ESCAPED_NAME) this.#unusual = true;
    const index = fieldAt(this.#bytes, nameStart, nameEnd);
    const end = this.#visitValue(index, value);
    if (index !== ABSENT) {
      this.#starts[index] = value;
      this.#ends[index] = end;
    }
    return end;
  };

  #visitValue(index: number, value: number): number {
    if (index === INDEX.toolUseResult || index === INDEX.data) return this.#visitWithin(value);
    if (index === INDEX.forkedFrom) return this.#visitOrigin(value);
    if (index !== INDEX.message) return skipValue(this.#bytes, value);
    this.#walked = this.#mayBeReply();
    return this.#walked ? this.#message.walk(this.#bytes, value) : skipValue(this.#bytes, value);
  }

  /** Its type comes after it, or was there. */
  #mayBeReply(): boolean {
    return (this.#starts[INDEX.type] ?? ABSENT) === ABSENT || this.#repeat('type') === 'assistant';
  }

  #visitWithin(value: number): number {
    // a line has one of the two, once
    if (this.#within) this.#unusual = true;
    this.#within = true;
    const isObject = this.#bytes[value] === OPEN_OBJECT;
    return isObject ? eachField(this.#bytes, value, this.#visitNested) : skipValue(this.#bytes, value);
  }

  readonly #visitNested = (nameStart: number, nameEnd: number, value: number): number => {
    const end = skipValue(this.#bytes, value);
    if (nameEnd === ESCAPED_NAME) this.#unusual = true;
    if (nameEnd - nameStart === AGENT_ID.length && isAt(this.#bytes, nameStart, AGENT_ID)) {
      this.#agentStart = value;
      this.#agentEnd = end;
    }
    return end;
  };

  #visitOrigin(value: number): number {
    this.#originStart = ABSENT;
    const isObject = this.#bytes[value] === OPEN_OBJECT;
    return isObject ? eachField(this.#bytes, value, this.#visitOriginField) : skipValue(this.#bytes, value);
  }

  readonly #visitOriginField = (nameStart: number, nameEnd: number, value: number): number => {
    const end = skipValue(this.#bytes, value);
    if (nameEnd === ESCAPED_NAME) this.#unusual = true;
    if (nameEnd - nameStart === SESSION_ID.length && isAt(this.#bytes, nameStart, SESSION_ID)) {
      this.#originStart = value;
      this.#originEnd = end;
    }
    return end;
  };

  #row(): Row | typeof PARSE {
    const type = this.#repeat('type');
    if (type !== null && TITLE_TYPES.has(type)) return PARSE;
    const sidechain = this.#flag('isSidechain');
    if (sidechain === null) return PARSE;
    if (type === 'assistant') return this.#replied(sidechain);
    if (type !== 'user') return this.#plain('other', sidechain, null);
    return this.#isNoPrompt(sidechain) ? this.#plain('user', sidechain, null) : PARSE;
  }

  #replied(sidechain: boolean): Row | typeof PARSE {
    if (this.#has('toolUseResult') || !this.#walked) return PARSE;
    const reply = this.#message.reply();
    return reply === null ? PARSE : this.#plain('assistant', sidechain, reply);
  }

  /** Sure that no person wrote it, that it starts no sidechain, and that it names no agent that was started. */
  #isNoPrompt(sidechain: boolean): boolean {
    if (this.#has('toolUseResult') && this.#agentStart !== ABSENT) return false;
    if (sidechain) return this.#isText('parentUuid') || this.#isText('logicalParentUuid');
    if (this.#has('toolUseResult')) return true;
    return FLAGS.some((name) => this.#flag(name) === true);
  }

  #plain(kind: Row['kind'], sidechain: boolean, reply: Row['reply']): Row | typeof PARSE {
    const time = kind === 'other' ? null : this.#time();
    if (time === undefined) return PARSE;
    const links = this.#withLinks || sidechain;
    if (kind === 'other' && !links) return this.#bookkeeping();
    // older versions alone write it
    if (reply !== null && this.#has('costUSD')) return PARSE;
    return {
      kind,
      uuid: links || kind !== 'other' ? this.#text('uuid') : null,
      parent: links ? (this.#text('parentUuid') ?? this.#text('logicalParentUuid')) : null,
      sessionId: this.#repeat('sessionId'),
      cwd: this.#repeat('cwd'),
      time,
      sidechain,
      agentId: this.#repeat('agentId'),
      copiedFrom: this.#copiedFrom(),
      spawned: this.#spawned(),
      prompt: null,
      task: null,
      answers: kind === 'user' && (sidechain || this.#has('toolUseResult')),
      reply,
      title: null,
    };
  }

  /** Line after line says the same. */
  #bookkeeping(): Row {
    const last = this.#last;
    const sessionId = this.#repeat('sessionId');
    const cwd = this.#repeat('cwd');
    const agentId = this.#repeat('agentId');
    const copiedFrom = this.#copiedFrom();
    const spawned = this.#spawned();
    const isSame = sessionId === last.sessionId && cwd === last.cwd && agentId === last.agentId;
    if (isSame && copiedFrom === last.copiedFrom && spawned === last.spawned) return last;
    this.#last = { ...EMPTY, sessionId, cwd, agentId, copiedFrom, spawned };
    return this.#last;
  }

  #spawned(): Row['spawned'] {
    if (this.#agentStart === ABSENT || this.#has('toolUseResult')) return null;
    const agentId = this.#spawnedId.of(this.#bytes, this.#agentStart, this.#agentEnd);
    const toolUseId = this.#repeat('parentToolUseID');
    return agentId === null || toolUseId === null ? null : { agentId, toolUseId };
  }

  #copiedFrom(): string | null {
    return this.#originStart === ABSENT ? null : this.#originId.of(this.#bytes, this.#originStart, this.#originEnd);
  }

  /** There, and not null. */
  #has(name: Name): boolean {
    const start = this.#starts[INDEX[name]] ?? ABSENT;
    return start !== ABSENT && this.#bytes[start] !== LETTER_N;
  }

  /** Null where only parsing tells. */
  #flag(name: Name): boolean | null {
    const start = this.#starts[INDEX[name]] ?? ABSENT;
    if (start === ABSENT) return false;
    const first = this.#bytes[start];
    if (first === LETTER_T) return true;
    return first === LETTER_F || first === LETTER_N ? false : null;
  }

  /** A text that is not empty. */
  #isText(name: Name): boolean {
    const start = this.#starts[INDEX[name]] ?? ABSENT;
    return start !== ABSENT && this.#bytes[start] === QUOTE && (this.#ends[INDEX[name]] ?? 0) - start > 2;
  }

  #text(name: Name): string | null {
    const index = INDEX[name];
    const start = this.#starts[index] ?? ABSENT;
    if (start === ABSENT || this.#bytes[start] !== QUOTE) return null;
    return stringOf(shortText(this.#bytes, start, this.#ends[index] ?? start));
  }

  #repeat(name: Name): string | null {
    const index = INDEX[name];
    const start = this.#starts[index] ?? ABSENT;
    if (start === ABSENT || this.#bytes[start] !== QUOTE) return null;
    return this.#repeated[index]?.of(this.#bytes, start, this.#ends[index] ?? 0) ?? null;
  }

  /** Undefined where only parsing tells. */
  #time(): number | null | undefined {
    const start = this.#starts[INDEX.timestamp] ?? ABSENT;
    if (!this.#has('timestamp')) return null;
    if (this.#bytes[start] !== QUOTE) return undefined;
    return quickTime(this.#bytes, start + 1, (this.#ends[INDEX.timestamp] ?? 0) - 1) ?? timeOf(this.#text('timestamp'));
  }
}
