/** A short text that is another one for other texts, all but surely: two FNV-1a hashes of 32 bits. Not for secrets. */
export function shortHash(texts: Iterable<string>): string {
  let a = 0x811c9dc5;
  let b = 0x2545f491;
  for (const text of texts) {
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 0x1_0000;
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x01000197);
      b ^= b >>> 13;
    }
  }
  // one string, and not two that are linked: there may be hundreds of thousands of them
  return [(a >>> 0).toString(36), (b >>> 0).toString(36)].join('.');
}
