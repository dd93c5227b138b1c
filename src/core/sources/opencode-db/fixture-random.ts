/** Seeded randomness: the same seed gives the same numbers everywhere, so fixtures are the same bytes on every machine. */
export class SeededRandom {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: string) {
    this.a = hash(seed, 0x811c9dc5);
    this.b = hash(seed, 0x2545f491);
    this.c = hash(seed, 0x9e3779b9);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** [0, 1), by the small fast counting generator (sfc32). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** Whole number in [low, high]. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** Log-normal with this mean; sigma 1 is a long tail. */
  logNormal(mean: number, sigma: number): number {
    const u = Math.max(this.next(), 1e-12);
    const gauss = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next());
    return Math.exp(Math.log(mean) - (sigma * sigma) / 2 + sigma * gauss);
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  hex(length: number): string {
    return this.chars('0123456789abcdef', length);
  }

  base62(length: number): string {
    return this.chars(BASE62, length);
  }

  chars(alphabet: string, length: number): string {
    let out = '';
    for (let i = 0; i < length; i++) out += alphabet[Math.floor(this.next() * alphabet.length)];
    return out;
  }
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_SPACE = 2 ** 48;

/** Makes ids as OpenCode does: 48 bits of clock and counter as hex, then 14 random characters. Session ids run backwards. */
export class IdMaker {
  private lastTime = 0;
  private counter = 0;
  private readonly random: SeededRandom;

  constructor(random: SeededRandom) {
    this.random = random;
  }

  next(prefix: 'ses' | 'msg' | 'prt' | 'evt' | 'call', ms: number): string {
    if (prefix === 'call') return `call_${this.random.base62(24)}`;
    this.counter = ms === this.lastTime ? this.counter + 1 : 1;
    this.lastTime = ms;
    const up = (ms * 4096 + this.counter) % ID_SPACE;
    const value = prefix === 'ses' ? ID_SPACE - 1 - up : up;
    return `${prefix}_${value.toString(16).padStart(12, '0')}${this.random.base62(14)}`;
  }
}

function hash(text: string, start: number): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h | 0;
}
