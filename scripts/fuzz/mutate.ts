/** Ways in which a file is damaged or odd, chosen by a seed. */
import type { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** In the place of a value: other types, and times that are none or are in another unit. */
const ODD_VALUES = [
  'null',
  '[]',
  '{}',
  'true',
  '""',
  '-1',
  '0',
  '1e308',
  '1e400',
  '-1e300',
  '99999999999999999999',
  '8640000000000001',
  '253402300800000',
  '1760000000',
  '1760000000123.456',
  '"2026-11-21T09:00:00Z"',
  '"1760000000000"',
  '"+275760-09-13T00:00:00.001Z"',
  '"\\ud800"',
  '"\\u0000"',
  String.raw`"C:\\Users\\nora\\src\\shop"`,
  '"__proto__"',
  '"constructor"',
  '[[[[]]]]',
  '{"__proto__": {"role": "user"}}',
];

type Mutation = (bytes: Uint8Array, random: SeededRandom) => Uint8Array;

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut: (bytes, random) => bytes.slice(0, random.int(0, bytes.length)),
  'cut at the start': (bytes, random) => bytes.slice(random.int(0, bytes.length)),
  empty: () => new Uint8Array(0),
  'flip bits': flipBits,
  zeros: (bytes, random) => fill(bytes, random, () => 0),
  noise: (bytes, random) => fill(bytes, random, () => random.int(0, 255)),
  'a piece twice': (bytes, random) => splice(bytes, random, (piece) => [piece, piece]),
  'a piece gone': (bytes, random) => splice(bytes, random, () => []),
  'lines glued': (bytes) => bytes.filter((byte) => byte !== 0x0a),
  'Windows lines': (bytes) => encoder.encode(decoder.decode(bytes).replaceAll('\n', '\r\n')),
  'UTF-16': (bytes, random) => utf16(bytes, random.chance(0.5), random.chance(0.7)),
  'Latin-1': (bytes) => Uint8Array.from(decoder.decode(bytes), (char) => char.charCodeAt(0) & 0xff),
  'byte order mark': (bytes) => Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]),
  'an odd value': (bytes, random) => withValue(bytes, random, random.pick(ODD_VALUES)),
  'odd times': (bytes, random) => withTimes(bytes, random.pick(ODD_VALUES)),
  'deep nesting': (bytes, random) => withValue(bytes, random, deep(random)),
  'a huge string': (bytes, random) => withValue(bytes, random, `"${'x'.repeat(random.int(1_000, 300_000))}"`),
  'a huge number': (bytes, random) => withValue(bytes, random, '9'.repeat(random.int(20, 5_000))),
  'special keys': (bytes) =>
    encoder.encode(
      decoder.decode(bytes).replace('{', '{"__proto__": {"id": 7, "role": "user"}, "constructor": null, '),
    ),
  'its own parent': (bytes) => encoder.encode(ownParent(decoder.decode(bytes))),
};

export const MUTATION_NAMES = Object.keys(MUTATIONS);

export function mutate(bytes: Uint8Array, random: SeededRandom): { bytes: Uint8Array; name: string } {
  const name = random.pick(MUTATION_NAMES);
  return { name, bytes: MUTATIONS[name]?.(bytes, random) ?? bytes };
}

function flipBits(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const flipped = bytes.slice();
  for (let i = random.int(1, 8); i > 0 && bytes.length > 0; i--) {
    const at = random.int(0, bytes.length - 1);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.int(0, 7));
  }
  return flipped;
}

function stretch({ length }: Uint8Array, random: SeededRandom): [from: number, to: number] {
  const from = random.int(0, length);
  return [from, Math.min(length, from + random.int(1, 2_000))];
}

function fill(bytes: Uint8Array, random: SeededRandom, byte: () => number): Uint8Array {
  const filled = bytes.slice();
  const [from, to] = stretch(bytes, random);
  for (let at = from; at < to; at++) filled[at] = byte();
  return filled;
}

function splice(bytes: Uint8Array, random: SeededRandom, pieces: (piece: Uint8Array) => Uint8Array[]): Uint8Array {
  const [from, to] = stretch(bytes, random);
  return joined([bytes.subarray(0, from), ...pieces(bytes.subarray(from, to)), bytes.subarray(to)]);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function utf16(bytes: Uint8Array, isBigEndian: boolean, hasMark: boolean): Uint8Array {
  const text = (hasMark ? '\ufeff' : '') + decoder.decode(bytes);
  const encoded = new Uint8Array(text.length * 2);
  const view = new DataView(encoded.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), !isBigEndian);
  return encoded;
}

function deep(random: SeededRandom): string {
  const depth = random.int(10, 20_000);
  return random.chance(0.5) ? '['.repeat(depth) + ']'.repeat(depth) : '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
}

function withValue(bytes: Uint8Array, random: SeededRandom, value: string): Uint8Array {
  const text = decoder.decode(bytes);
  const places = [...text.matchAll(/(?<="[^"\n]{1,40}":\s?)("(?:[^"\\]|\\.)*"|-?\d+|true|false|null)/g)];
  const place = places.length === 0 ? undefined : random.pick(places);
  if (place === undefined) return bytes;
  return encoder.encode(text.slice(0, place.index) + value + text.slice(place.index + place[0].length));
}

function withTimes(bytes: Uint8Array, value: string): Uint8Array {
  const times = /("(?:created|updated|completed|start|end|timestamp|archived)":\s?)(?:-?\d+|"[^"]*")/g;
  return encoder.encode(decoder.decode(bytes).replaceAll(times, `$1${value}`));
}

function ownParent(text: string): string {
  const id = /"(?:id|sessionId)":\s?("[^"]*")/.exec(text)?.[1] ?? '"x"';
  return text.replace('{', `{"parentID": ${id}, "parentUuid": ${id}, "parentSessionId": ${id}, `);
}
