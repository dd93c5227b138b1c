/** Ids as 32 bits each: says of an id that was never added, once in many thousands, that it was; never the other way round. */
export class IdSet {
  readonly #hashes: Set<number>;

  private constructor(hashes: Iterable<number>) {
    this.#hashes = new Set(hashes);
  }

  /** Empty for an empty text, and for one that is none of {@link encode}. */
  static decode(text: string): IdSet {
    try {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      return new IdSet(new Uint32Array(bytes.buffer, 0, bytes.length >>> 2));
    } catch {
      return new IdSet([]);
    }
  }

  get size(): number {
    return this.#hashes.size;
  }

  has(id: string): boolean {
    return this.#hashes.has(hashOf(id));
  }

  add(id: string): void {
    this.#hashes.add(hashOf(id));
  }

  /** True when some id may be in both. */
  overlaps(other: IdSet): boolean {
    const [few, many] = this.size < other.size ? [this, other] : [other, this];
    for (const hash of few.#hashes) if (many.#hashes.has(hash)) return true;
    return false;
  }

  encode(): string {
    const bytes = new Uint8Array(Uint32Array.from(this.#hashes).buffer);
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }
}

function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
