/**
 * Where words begin and end: at spaces and signs, and inside of identifiers where a part does (`camelCase`, `HTTPServer`, `foo_bar`,
 * `utf8`). Scripts without spaces have a boundary at each sign.
 */
const OTHER = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;
/** A word of its own wherever it stands. */
const EACH = 4;

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** By UTF-16 unit, as far as was asked: kind plus 1. */
const kinds = new Uint8Array(0x1_0000);

/** @param text as it was written: upper case tells */
export function isBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const before = kindAt(text, at - 1);
  const here = kindAt(text, at);
  if (before === OTHER || before === EACH || here === OTHER || here === EACH) return true;
  if ((before === DIGIT) !== (here === DIGIT)) return true;
  if (here !== UPPER) return false;
  return before === LOWER || (at + 1 < text.length && kindAt(text, at + 1) === LOWER);
}

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const known = kinds[unit] ?? 0;
  if (known > 0) return known - 1;
  const kind = kindOf(text.charAt(at));
  kinds[unit] = kind + 1;
  return kind;
}

function kindOf(sign: string): number {
  if (WITHOUT_SPACES.test(sign)) return EACH;
  if (/\p{Lu}/u.test(sign)) return UPPER;
  if (/[\p{L}\p{M}]/u.test(sign)) return LOWER;
  return /\p{N}/u.test(sign) ? DIGIT : OTHER;
}
