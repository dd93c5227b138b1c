const UTF16_MARK = Buffer.from([0xff, 0xfe]);

/** Text as UTF-8; text that UTF-8 can't write (a lone surrogate) as UTF-16 after its mark. Nothing is ever replaced. */
export function encodeText(text: string): Uint8Array {
  // with the `u` flag this matches only a surrogate without its other half
  if (/\p{Surrogate}/u.test(text)) return Buffer.concat([UTF16_MARK, Buffer.from(text, 'utf16le')]);
  return Buffer.from(text, 'utf8');
}

/** The inverse of {@link encodeText}. No UTF-8 begins with the mark. */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 2).equals(UTF16_MARK)) return buffer.subarray(2).toString('utf16le');
  return buffer.toString('utf8');
}
