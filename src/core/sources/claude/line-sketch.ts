/** What a line is, without parsing it: enough to know which message it belongs to, and where to find it again. */
import { isAt } from '../is-at.ts';
import { quickTime } from './iso-time.ts';
import { eachElement, eachField, INVALID, skipSpace, skipValue } from '../json-scan.ts';
import { stringOf } from './json.ts';
import { fieldAt, INDEX } from './quick-fields.ts';
import { timeOf } from './row.ts';
import { shortText } from './short-text.ts';

export interface Sketch {
  readonly type: string;
  readonly uuid: string | null;
  /** The line it answers. */
  readonly parent: string | null;
  readonly sessionId: string | null;
  readonly agentId: string | null;
  readonly time: number | null;
  readonly sidechain: boolean;
  /** Of a reply: the id its lines share. */
  readonly messageId: string | null;
  /** Calls of tools a reply makes, or of which a line of the user has the results. */
  readonly calls: readonly string[];
}

const encoder = new TextEncoder();
const ID = encoder.encode('id');
const CONTENT = encoder.encode('content');
const TOOL_USE_ID = encoder.encode('tool_use_id');
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const QUOTE = 0x22;
const LETTER_T = 0x74;
/** Shorter ones are not called so by any API, and may be anything. */
const SHORTEST_CALL = 4;

/** Where the line ends that was sketched last: the place after its object. INVALID when it is none. */
export class Sketcher {
  end = INVALID;
  #bytes: Uint8Array = new Uint8Array(0);
  #type = '';
  #uuid: string | null = null;
  #parent: string | null = null;
  #logicalParent: string | null = null;
  #sessionId: string | null = null;
  #agentId: string | null = null;
  #time: number | null = null;
  #sidechain = false;
  #messageId: string | null = null;
  #calls: string[] = [];

  /** Null when no object stands there. The bytes must end with a line feed. */
  read(bytes: Uint8Array, start: number): Sketch | null {
    this.#bytes = bytes;
    this.#type = '';
    this.#uuid = null;
    this.#parent = null;
    this.#logicalParent = null;
    this.#sessionId = null;
    this.#agentId = null;
    this.#time = null;
    this.#sidechain = false;
    this.#messageId = null;
    this.#calls = [];
    this.end = eachField(bytes, skipSpace(bytes, start), this.#visit);
    if (this.end === INVALID) return null;
    return {
      type: this.#type,
      uuid: this.#uuid,
      parent: this.#parent ?? this.#logicalParent,
      sessionId: this.#sessionId,
      agentId: this.#agentId,
      time: this.#time,
      sidechain: this.#sidechain,
      messageId: this.#messageId,
      calls: this.#calls,
    };
  }

  readonly #visit = (nameStart: number, nameEnd: number, value: number): number => {
    const index = fieldAt(this.#bytes, nameStart, nameEnd);
    if (index === INDEX.message && this.#bytes[value] === OPEN_OBJECT) {
      return eachField(this.#bytes, value, this.#visitMessage);
    }
    const end = skipValue(this.#bytes, value);
    if (end === INVALID) return end;
    if (index === INDEX.type) this.#type = this.#text(value, end) ?? '';
    else if (index === INDEX.uuid) this.#uuid = this.#text(value, end);
    else if (index === INDEX.parentUuid) this.#parent = this.#text(value, end);
    else if (index === INDEX.logicalParentUuid) this.#logicalParent = this.#text(value, end);
    else if (index === INDEX.sessionId) this.#sessionId = this.#text(value, end);
    else if (index === INDEX.agentId) this.#agentId = this.#text(value, end);
    else if (index === INDEX.isSidechain) this.#sidechain = this.#bytes[value] === LETTER_T;
    else if (index === INDEX.timestamp) this.#time = this.#timeAt(value, end);
    return end;
  };

  readonly #visitMessage = (nameStart: number, nameEnd: number, value: number): number => {
    const bytes = this.#bytes;
    if (isNamed(bytes, nameStart, nameEnd, CONTENT) && bytes[value] === OPEN_ARRAY) {
      return eachElement(bytes, value, this.#visitBlock);
    }
    const end = skipValue(bytes, value);
    if (end !== INVALID && isNamed(bytes, nameStart, nameEnd, ID)) this.#messageId = this.#text(value, end);
    return end;
  };

  readonly #visitBlock = (value: number): number =>
    this.#bytes[value] === OPEN_OBJECT
      ? eachField(this.#bytes, value, this.#visitBlockField)
      : skipValue(this.#bytes, value);

  readonly #visitBlockField = (nameStart: number, nameEnd: number, value: number): number => {
    const end = skipValue(this.#bytes, value);
    if (end === INVALID) return end;
    const isCall =
      isNamed(this.#bytes, nameStart, nameEnd, ID) || isNamed(this.#bytes, nameStart, nameEnd, TOOL_USE_ID);
    const call = isCall ? this.#text(value, end) : null;
    if (call !== null && call.length >= SHORTEST_CALL) this.#calls.push(call);
    return end;
  };

  #timeAt(value: number, end: number): number | null {
    if (this.#bytes[value] !== QUOTE) return null;
    return quickTime(this.#bytes, value + 1, end - 1) ?? timeOf(this.#text(value, end));
  }

  #text(value: number, end: number): string | null {
    return this.#bytes[value] === QUOTE ? stringOf(shortText(this.#bytes, value, end)) : null;
  }
}

function isNamed(bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean {
  return end - start === name.length && isAt(bytes, start, name);
}
