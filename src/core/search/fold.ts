/**
 * The form of a text in which words are looked for: lower case, without accents, every white space a space. One unit stands for each
 * unit of the text, so that a place in one is the place in the other.
 */
export interface Searchable {
  /** Composed: what was one letter and its accent is one unit. */
  readonly text: string;
  readonly folded: string;
}

export function searchable(text: string): Searchable {
  const composed = text.normalize('NFC');
  return { text: composed, folded: fold(composed) };
}

/** @param text composed */
function fold(text: string): string {
  // the one letter whose lower case is longer than itself
  const lower = text.replaceAll('İ', 'I').toLowerCase();
  return lower.replaceAll(/[^ -~]/g, foldedUnit);
}

const known = new Map<string, string>();

function foldedUnit(unit: string): string {
  let folded = known.get(unit);
  if (folded === undefined) {
    folded = foldUnit(unit);
    known.set(unit, folded);
  }
  return folded;
}

const SAME: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};
const ACCENTED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{Mn}+$/u;
const FULL_WIDTH = /[！-～]/;
const FULL_WIDTH_DISTANCE = 0xfee0;

function foldUnit(unit: string): string {
  const same = SAME[unit];
  if (same !== undefined) return same;
  if (/\s/.test(unit)) return ' ';
  if (FULL_WIDTH.test(unit)) return String.fromCharCode(unit.charCodeAt(0) - FULL_WIDTH_DISTANCE).toLowerCase();
  const apart = unit.normalize('NFD');
  return ACCENTED.test(apart) ? apart.charAt(0) : unit;
}
