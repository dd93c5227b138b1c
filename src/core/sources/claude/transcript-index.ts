/** Which lines of a session's files make which message. Lines are looked at once; their bodies are read when they are shown. */
import { chainOrder } from './chain-order.ts';
import { idOf } from './draft-message.ts';
import { INVALID, skipSpace } from '../json-scan.ts';
import { isObject, parseBytes } from './json.ts';
import type { Sketch } from './line-sketch.ts';
import { Sketcher } from './line-sketch.ts';
import type { LineListener } from './lines.ts';
import { readRow } from './row.ts';
import { Sidechains } from './sidechains.ts';
import { isBookkeeping } from './transcript-line.ts';

/** Where a line stands. Several entries may be glued together on it. */
export interface LinePlace {
  readonly file: number;
  readonly offset: number;
  /** bytes, known when the next line begins */
  length: number;
  /** Which of the entries on that line. */
  readonly entry: number;
}

export interface IndexedMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'system';
  /** Of its first line, among all lines. */
  readonly place: number;
  readonly side: string | null;
  readonly time: number | null;
  readonly lines: LinePlace[];
  /** Lines with what its calls of tools gave. */
  readonly results: LinePlace[];
}

const COMMA = 0x2c;

export class TranscriptIndex implements LineListener {
  readonly sidechains = new Sidechains();
  readonly #sessionId: string;
  readonly #isAgent: boolean;
  readonly #onProgress: (bytes: number) => void;
  readonly #sketcher = new Sketcher();
  readonly #links: { readonly uuid: string | null; readonly parent: string | null }[] = [];
  readonly #uuids = new Set<string>();
  readonly #messages = new Map<string, IndexedMessage>();
  readonly #byCall = new Map<string, IndexedMessage>();
  readonly #sideByTask = new Map<string, string>();
  #file = 0;
  #offset = 0;
  #open: LinePlace[] = [];
  /** Lines that are no JSON. */
  damaged = 0;

  /** @param isAgent all lines of its file are a sub-agent's */
  constructor(sessionId: string, isAgent: boolean, onProgress: (bytes: number) => void = () => undefined) {
    this.#sessionId = sessionId;
    this.#isAgent = isAgent;
    this.#onProgress = onProgress;
  }

  /** The next lines are of this file. */
  beginFile(file: number): void {
    this.#file = file;
  }

  /** The lines of the file are over. @param size its bytes */
  endFile(size: number): void {
    this.#close(size);
  }

  lineBegins(offset: number): void {
    this.#close(offset);
    this.#offset = offset;
  }

  wholeLine(): number {
    return -1;
  }

  line(bytes: Uint8Array, start: number, end: number): void {
    let at = skipSpace(bytes, start);
    for (let entry = 0; at < end; entry += 1) {
      const sketch = this.#sketcher.read(bytes, at);
      const after = this.#sketcher.end;
      if (sketch === null || after === INVALID || after > end) {
        this.damaged += 1;
        return;
      }
      this.#add(sketch, bytes.subarray(at, after), entry);
      at = skipSpace(bytes, after);
      while (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
    }
  }

  tooLong(): void {
    this.damaged += 1;
  }

  progress(bytes: number): void {
    this.#onProgress(bytes);
  }

  /** The messages of the session itself, or of one sidechain in it, in their order. */
  inOrder(side: string | null): IndexedMessage[] {
    const places = chainOrder(this.#links);
    const placeOf = ({ place }: IndexedMessage): number => places[place] ?? place;
    return [...this.#messages.values()]
      .filter((message) => (message.side === null ? null : this.sidechains.rootOf(message.side)) === side)
      .sort((a, b) => placeOf(a) - placeOf(b));
  }

  /** The sidechain that was told this, when it stands in the same file. */
  sideOf(task: string): string | null {
    const side = this.#sideByTask.get(task);
    return side === undefined ? null : this.sidechains.rootOf(side);
  }

  #close(offset: number): void {
    for (const line of this.#open) line.length = offset - line.offset;
    this.#open = [];
  }

  #add(sketch: Sketch, bytes: Uint8Array, entry: number): void {
    const { uuid, parent, type } = sketch;
    const place = this.#links.length;
    this.#links.push({ uuid, parent });
    if (isBookkeeping(type) || this.#isRepeated(uuid)) return;
    const isResult = type === 'user' && sketch.calls.length > 0;
    const told = type === 'assistant' || isResult ? null : readLine(bytes);
    this.#noteSide(sketch, told?.task ?? null);
    if (told !== null && !told.isShown) return;
    const line = { file: this.#file, offset: this.#offset, length: bytes.length, entry };
    this.#open.push(line);
    const caller = isResult
      ? sketch.calls.map((call) => this.#byCall.get(call)).find((found) => found !== undefined)
      : undefined;
    if (caller !== undefined) {
      caller.results.push(line);
      return;
    }
    const message = this.#message(sketch, told?.isPrompt === true, place);
    message.lines.push(line);
    if (type === 'assistant') for (const call of sketch.calls) this.#byCall.set(call, message);
  }

  /** The same line twice in one file. */
  #isRepeated(uuid: string | null): boolean {
    if (uuid === null) return false;
    const isKnown = this.#uuids.has(uuid);
    this.#uuids.add(uuid);
    return isKnown;
  }

  #message(sketch: Sketch, isPrompt: boolean, place: number): IndexedMessage {
    const { type, uuid, sessionId, messageId, sidechain, agentId, time } = sketch;
    const isReply = type === 'assistant';
    const id = idOf(isReply ? (messageId ?? uuid) : uuid, { sessionId }, `${this.#sessionId}:${place + 1}`);
    const known = this.#messages.get(id);
    if (known !== undefined) return known;
    const side = sidechain && !this.#isAgent ? (agentId ?? uuid ?? id) : null;
    const role = isReply ? 'assistant' : isPrompt ? 'user' : 'system';
    const message: IndexedMessage = { id, role, place, side, time, lines: [], results: [] };
    this.#messages.set(id, message);
    return message;
  }

  #noteSide({ sidechain, agentId, uuid, parent, time }: Sketch, task: string | null): void {
    if (!sidechain || this.#isAgent) return;
    this.sidechains.add({ uuid, parent, agentId, task, time });
    const key = agentId ?? uuid;
    if (task !== null && key !== null) this.#sideByTask.set(task, key);
  }
}

interface ToldLine {
  readonly isPrompt: boolean;
  readonly isShown: boolean;
  readonly task: string | null;
}

function readLine(bytes: Uint8Array): ToldLine {
  const value = parseBytes(bytes);
  if (!isObject(value)) return { isPrompt: false, isShown: true, task: null };
  const { prompt, task } = readRow(value);
  const isShown = value['type'] !== 'system' || !isBookkeeping(`system/${String(value['subtype'])}`);
  return { isPrompt: prompt !== null, isShown, task };
}
