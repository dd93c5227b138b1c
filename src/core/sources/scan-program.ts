/**
 * The walk of json-scan.ts as WebAssembly, sixteen bytes at once: texts are most of what is passed over. Its memory holds what each
 * byte is, the containers that are open, the bytes that are walked over, and room for sixteen more.
 */
import type { Code, WasmFunction } from './wasm-code.ts';
import {
  again,
  and,
  bitsOf,
  block,
  byteAt,
  call,
  differ,
  equal,
  get,
  give,
  i32,
  isZero,
  leave,
  loop,
  lowestBit,
  minus,
  or,
  plus,
  putByte,
  set,
  sixteenAt,
  sixteenBelow,
  sixteenEqual,
  sixteenOr,
  sixteenTimes,
  when,
  wordAt,
} from './wasm-code.ts';

const INVALID = -1;
/** Told instead of a place: nested so deep that only the other walk goes through it. */
export const TOO_DEEP = -2;

/** Bytes */
export const PAGE = 65_536;
export const KINDS = 0;
const OPEN = 256;
export const BYTES = PAGE;
const DEEPEST = PAGE - OPEN;
/** Bits of a kind. */
export const SPACE = 1;
export const ESCAPED = 2;
export const HEX = 4;
export const DIGIT = 8;

const letter = (character: string): Code => i32(character.charCodeAt(0));
const word = (four: string): Code => i32(new DataView(new TextEncoder().encode(four).buffer).getInt32(0, true));
const isKind = (byte: Code, kind: number): Code => and(byteAt(byte, KINDS), i32(kind));
const isHexAt = (address: Code, offset: number): Code => isKind(byteAt(address, offset), HEX);

/** Local 0 of each: where it begins. */
const AT = get(0);
const move = (bytes: number): Code => set(0, plus(AT, i32(bytes)));
const moveTo = (place: Code): Code => set(0, place);
const unlessInvalid = when(equal(AT, i32(INVALID)), give(i32(INVALID)));

const INDEX = { skipSpace: 0, skipString: 1, skipDigits: 2, skipNumber: 3, skipScalar: 4, skipKey: 5, skipValue: 6 };

const skipSpace: WasmFunction = {
  name: 'skipSpace',
  numbers: 0,
  sixteens: 0,
  code: [loop(when(isKind(byteAt(AT), SPACE), move(1), again(1))), give(AT)],
};

const [HITS, BYTE] = [1, 2];
const [SIXTEEN, QUOTES, BACKSLASHES, SPACES] = [3, 4, 5, 6];
const isHex = and(and(isHexAt(AT, 2), isHexAt(AT, 3)), and(isHexAt(AT, 4), isHexAt(AT, 5)));
const endsOrEscapes = sixteenOr(
  sixteenEqual(get(SIXTEEN), get(QUOTES)),
  sixteenOr(sixteenEqual(get(SIXTEEN), get(BACKSLASHES)), sixteenBelow(get(SIXTEEN), get(SPACES))),
);
const skipString: WasmFunction = {
  name: 'skipString',
  numbers: 2,
  sixteens: 4,
  code: [
    set(QUOTES, sixteenTimes(letter('"'))),
    set(BACKSLASHES, sixteenTimes(letter('\\'))),
    set(SPACES, sixteenTimes(letter(' '))),
    loop(
      set(SIXTEEN, sixteenAt(AT)),
      set(HITS, bitsOf(endsOrEscapes)),
      when(isZero(get(HITS)), move(16), again(1)),
      moveTo(plus(AT, lowestBit(get(HITS)))),
      set(BYTE, byteAt(AT)),
      when(equal(get(BYTE), letter('"')), give(plus(AT, i32(1)))),
      when(differ(get(BYTE), letter('\\')), give(i32(INVALID))),
      set(BYTE, byteAt(AT, 1)),
      when(isKind(get(BYTE), ESCAPED), move(2), again(1)),
      when(and(equal(get(BYTE), letter('u')), differ(isHex, i32(0))), move(6), again(1)),
    ),
    give(i32(INVALID)),
  ],
};

const START = 1;
const skipDigits: WasmFunction = {
  name: 'skipDigits',
  numbers: 1,
  sixteens: 0,
  code: [
    set(START, AT),
    loop(when(isKind(byteAt(AT), DIGIT), move(1), again(1))),
    when(equal(AT, get(START)), give(i32(INVALID))),
    give(AT),
  ],
};

const EXPONENT = 'e'.charCodeAt(0);
const isSign = or(equal(byteAt(AT, 1), letter('+')), equal(byteAt(AT, 1), letter('-')));
const skipNumber: WasmFunction = {
  name: 'skipNumber',
  numbers: 0,
  sixteens: 0,
  code: [
    when(equal(byteAt(AT), letter('-')), move(1)),
    block(when(equal(byteAt(AT), letter('0')), move(1), leave(1)), moveTo(call(INDEX.skipDigits, AT)), unlessInvalid),
    when(equal(byteAt(AT), letter('.')), moveTo(call(INDEX.skipDigits, plus(AT, i32(1)))), unlessInvalid),
    when(
      equal(or(byteAt(AT), i32(0x20)), i32(EXPONENT)),
      moveTo(call(INDEX.skipDigits, plus(plus(AT, i32(1)), isSign))),
    ),
    give(AT),
  ],
};

const skipScalar: WasmFunction = {
  name: 'skipScalar',
  numbers: 0,
  sixteens: 0,
  code: [
    when(or(equal(byteAt(AT), letter('-')), isKind(byteAt(AT), DIGIT)), give(call(INDEX.skipNumber, AT))),
    when(or(equal(wordAt(AT), word('true')), equal(wordAt(AT), word('null'))), give(plus(AT, i32(4)))),
    when(and(equal(wordAt(AT), word('fals')), equal(byteAt(AT, 4), letter('e'))), give(plus(AT, i32(5)))),
    give(i32(INVALID)),
  ],
};

/** From the quote of a key to its value. */
const skipKey: WasmFunction = {
  name: 'skipKey',
  numbers: 0,
  sixteens: 0,
  code: [
    when(differ(byteAt(AT), letter('"')), give(i32(INVALID))),
    moveTo(call(INDEX.skipString, plus(AT, i32(1)))),
    unlessInvalid,
    moveTo(call(INDEX.skipSpace, AT)),
    when(differ(byteAt(AT), letter(':')), give(i32(INVALID))),
    give(call(INDEX.skipSpace, plus(AT, i32(1)))),
  ],
};

const [FIRST, DEPTH, CLOSE] = [1, 2, 3];
/** What closes a container is two characters after what opens it, and 0x20 apart from that of the other kind. */
const isContainer = equal(or(get(FIRST), i32(0x20)), letter('{'));
const openContainer: Code = [
  ...moveTo(call(INDEX.skipSpace, plus(AT, i32(1)))),
  ...set(CLOSE, plus(get(FIRST), i32(2))),
];
const skipKeyAfter = (isObject: Code): Code => when(isObject, moveTo(call(INDEX.skipKey, AT)), unlessInvalid);
const skipValue: WasmFunction = {
  name: 'skipValue',
  numbers: 3,
  sixteens: 0,
  code: [
    loop(
      set(FIRST, byteAt(AT)),
      block(
        when(equal(get(FIRST), letter('"')), moveTo(call(INDEX.skipString, plus(AT, i32(1)))), leave(1)),
        when(
          isContainer,
          openContainer,
          when(equal(byteAt(AT), get(CLOSE)), move(1), leave(2)),
          when(equal(get(DEPTH), i32(DEEPEST)), give(i32(TOO_DEEP))),
          putByte(plus(get(DEPTH), i32(OPEN)), get(CLOSE)),
          set(DEPTH, plus(get(DEPTH), i32(1))),
          skipKeyAfter(equal(get(FIRST), letter('{'))),
          again(2),
        ),
        moveTo(call(INDEX.skipScalar, AT)),
      ),
      unlessInvalid,
      // after a value: close what ends here, then on to the next one
      loop(
        when(isZero(get(DEPTH)), give(AT)),
        moveTo(call(INDEX.skipSpace, AT)),
        set(FIRST, byteAt(AT)),
        set(CLOSE, byteAt(plus(get(DEPTH), i32(OPEN - 1)))),
        when(
          equal(get(FIRST), letter(',')),
          moveTo(call(INDEX.skipSpace, plus(AT, i32(1)))),
          skipKeyAfter(equal(get(CLOSE), letter('}'))),
          again(2),
        ),
        when(differ(get(FIRST), get(CLOSE)), give(i32(INVALID))),
        set(DEPTH, minus(get(DEPTH), i32(1))),
        move(1),
        again(0),
      ),
    ),
  ],
};

/** By their index. */
export const SCAN_FUNCTIONS: readonly WasmFunction[] = [
  skipSpace,
  skipString,
  skipDigits,
  skipNumber,
  skipScalar,
  skipKey,
  skipValue,
];
