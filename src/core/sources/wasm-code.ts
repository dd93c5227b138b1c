/** Writes WebAssembly, as far as it is needed: functions of whole numbers that look at bytes, sixteen at once where they can. */

export type Code = readonly number[];

/** A number. Negative ones, too. */
export function i32(value: number): Code {
  const bytes = [0x41];
  for (let rest = value; ;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

export const get = (local: number): Code => [0x20, local];
export const set = (local: number, value: Code): Code => [...value, 0x21, local];
export const plus = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const minus = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
export const and = (a: Code, b: Code): Code => [...a, ...b, 0x71];
export const or = (a: Code, b: Code): Code => [...a, ...b, 0x72];
export const equal = (a: Code, b: Code): Code => [...a, ...b, 0x46];
export const differ = (a: Code, b: Code): Code => [...a, ...b, 0x47];
/** Whether it is 0. */
export const isZero = (a: Code): Code => [...a, 0x45];
/** How many of the lowest bits are 0. */
export const lowestBit = (a: Code): Code => [...a, 0x68];

export const byteAt = (address: Code, offset = 0): Code => [...address, 0x2d, 0x00, ...unsigned(offset)];
/** Four bytes as one number, the first in its lowest bits. */
export const wordAt = (address: Code): Code => [...address, 0x28, 0x00, 0x00];
export const putByte = (address: Code, value: Code): Code => [...address, ...value, 0x3a, 0x00, 0x00];

export const sixteenAt = (address: Code): Code => [...address, 0xfd, 0x00, 0x00, 0x00];
export const sixteenTimes = (value: Code): Code => [...value, 0xfd, 0x0f];
export const sixteenEqual = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0x23];
export const sixteenBelow = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0x26];
export const sixteenOr = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0x50];
/** A bit for each of sixteen answers. */
export const bitsOf = (answers: Code): Code => [...answers, 0xfd, 0x64];

export const when = (condition: Code, ...then: readonly Code[]): Code => [
  ...condition,
  0x04,
  0x40,
  ...then.flat(),
  0x0b,
];
export const block = (...body: readonly Code[]): Code => [0x02, 0x40, ...body.flat(), 0x0b];
/** Runs once, and again for each {@link again} in it. */
export const loop = (...body: readonly Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0b];
/** Leaves the block so many levels further out; of a loop, begins it again. `when` counts as a level. */
export const leave = (levels: number): Code => [0x0c, levels];
export const again = leave;
export const give = (value: Code): Code => [...value, 0x0f];
export const call = (index: number, ...values: readonly Code[]): Code => [...values.flat(), 0x10, index];

/** A function of one number, which is its local 0, to a number. */
export interface WasmFunction {
  readonly name: string;
  /** Further locals: numbers first, then sixteens of bytes. */
  readonly numbers: number;
  readonly sixteens: number;
  readonly code: readonly Code[];
}

const I32 = 0x7f;
const V128 = 0x7b;
const UNREACHABLE = 0x00;
const HEADER: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module with its own memory, exported as `memory`, and these functions, called by their index and exported by their names. */
export function wasmModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const exports = functions.map(({ name }, index) => [...text(name), 0x00, index]);
  return Uint8Array.of(
    ...HEADER,
    ...section(1, [[0x60, 0x01, I32, 0x01, I32]]),
    ...section(
      3,
      functions.map(() => [0x00]),
    ),
    ...section(5, [[0x01, ...unsigned(pages), ...unsigned(pages)]]),
    ...section(7, [[...text('memory'), 0x02, 0x00], ...exports]),
    ...section(10, functions.map(bodyOf)),
  );
}

function bodyOf({ numbers, sixteens, code }: WasmFunction): Code {
  const locals = [0x02, ...unsigned(numbers), I32, ...unsigned(sixteens), V128];
  return sized([...locals, ...code.flat(), UNREACHABLE, 0x0b]);
}

function section(id: number, entries: readonly Code[]): Code {
  return [id, ...sized([...unsigned(entries.length), ...entries.flat()])];
}

function sized(code: Code): Code {
  return [...unsigned(code.length), ...code];
}

function text(value: string): Code {
  return sized([...new TextEncoder().encode(value)]);
}

function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}
