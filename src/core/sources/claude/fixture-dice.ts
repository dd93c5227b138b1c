const WORDS =
  'the build test fails when server starts again look at this file then write a note über den Umbau for 日本 review please'.split(
    ' ',
  );

/** Random choices that are the same for the same seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 0x9e3779b9) >>> 0;
  }

  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  }

  oneIn(many: number): boolean {
    return this.below(many) === 0;
  }

  words(count: number): string {
    return Array.from({ length: count }, () => WORDS[this.below(WORDS.length)] ?? '').join(' ');
  }

  /** Lines as tools print them, with quotes, tabs and braces. One in ten is as large as allowed. */
  output(bytes: number): string {
    const size = this.oneIn(10) ? bytes : this.below(Math.max(1, Math.floor(bytes / 8)));
    const line = `${this.below(1000)}→\t"${this.words(8)}": {"path": "src\\\\${this.below(99)}.ts"},\n`;
    return line.repeat(Math.ceil(size / line.length));
  }

  hex(length: number): string {
    return Array.from({ length }, () => this.below(16).toString(16)).join('');
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-8${this.hex(3)}-${this.hex(12)}`;
  }

  messageId(): string {
    return `msg_01${this.hex(22)}`;
  }

  toolUseId(): string {
    return `toolu_01${this.hex(22)}`;
  }
}
