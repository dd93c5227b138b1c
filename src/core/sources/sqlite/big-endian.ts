/** Numbers as SQLite writes them: big-endian. Bytes past the end count as 0, so damaged pages can't throw here. */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Unsigned 32 bits. */
export function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 0x1000000 + (((bytes[at + 1] ?? 0) << 16) | u16(bytes, at + 2));
}

/** Two's complement of `size` bytes, 1 to 6. */
export function signed(bytes: Uint8Array, at: number, size: number): number {
  let value = ((bytes[at] ?? 0) << 24) >> 24;
  for (let i = 1; i < size; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** Length in bytes of the variable-length integer that starts here, 1 to 9. */
export function varintLength(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 8; i++) if ((bytes[at + i] ?? 0) < 0x80) return i + 1;
  return 9;
}

/**
 * The variable-length integer that starts here, as a signed 64-bit value. Values beyond 2^53 are rounded: callers that need
 * them exact (row ids) check with Number.isSafeInteger.
 */
export function varint(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return first;
  let value = first & 0x7f;
  for (let i = 1; i < 8; i++) {
    const byte = bytes[at + i] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return value;
  }
  value = value * 256 + (bytes[at + 8] ?? 0);
  return value >= 0x8000000000000000 ? negative(bytes, at) : value;
}

/** Nine bytes with the top bit set: small negative row ids look like this. */
function negative(bytes: Uint8Array, at: number): number {
  let value = 0n;
  for (let i = 0; i < 8; i++) value = (value << 7n) | BigInt((bytes[at + i] ?? 0) & 0x7f);
  return Number(BigInt.asIntN(64, (value << 8n) | BigInt(bytes[at + 8] ?? 0)));
}

/** memcmp of a stretch of bytes with a key: below 0, 0 or above 0. */
export function compareBytes(bytes: Uint8Array, start: number, end: number, key: Uint8Array): number {
  const shared = Math.min(end - start, key.length);
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] ?? 0) - (key[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return end - start - key.length;
}
