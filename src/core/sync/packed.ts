/**
 * Text made small and of a length that tells little: gzip, its length before it, zeros after it up to a size class. Classes are
 * those of Padmé: an eighth apart at most, so that what is told of a length is how many binary digits it has, and a few of them.
 */
const LENGTH_BYTES = 4;
const SMALLEST = 512;

/** @throws RangeError when the text takes more than `limit` bytes */
export async function pack(text: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new TextEncoder().encode(text);
  if (plain.length > limit) throw new RangeError(`${plain.length} bytes are more than ${limit}`);
  const gzipped = await collect(through(plain, new CompressionStream('gzip')), Number.POSITIVE_INFINITY);
  const packed = new Uint8Array(sizeClass(LENGTH_BYTES + gzipped.length));
  new DataView(packed.buffer).setUint32(0, gzipped.length);
  packed.set(gzipped, LENGTH_BYTES);
  return packed;
}

/** @throws RangeError when what comes out is longer than `limit` bytes, TypeError when it was not packed */
export async function unpack(packed: Uint8Array<ArrayBuffer>, limit: number): Promise<string> {
  if (packed.length < LENGTH_BYTES) throw new TypeError('too short');
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  if (length > packed.length - LENGTH_BYTES) throw new TypeError('shorter than it says');
  const gzipped = packed.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  const plain = await collect(through(gzipped, new DecompressionStream('gzip')), limit);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
}

/** The class of a length in bytes: never less than it. */
export function sizeClass(length: number): number {
  if (length <= SMALLEST) return SMALLEST;
  const digits = Math.floor(Math.log2(length));
  const step = 2 ** (digits - (Math.floor(Math.log2(digits)) + 1));
  return Math.ceil(length / step) * step;
}

function through(bytes: Uint8Array<ArrayBuffer>, how: GenericTransformStream): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes]).stream().pipeThrough<Uint8Array<ArrayBuffer>>(how);
}

/** Ends as soon as it is more than `limit` bytes: a few bytes can stand for gigabytes. */
async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>, limit: number) {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value);
    length += piece.value.length;
    if (length <= limit) continue;
    await reader.cancel().catch(() => undefined);
    throw new RangeError(`more than ${limit} bytes`);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
