/**
 * The secret code of a vault: 128 random bits, shown as 12 words of the BIP-39 list. Who has it can read the vault; nobody else
 * can, and nobody can get it back when it is lost.
 */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { problem, ProblemError } from '../model/problem.ts';

export const CODE_BYTES = 16;
export const CODE_WORDS = 12;

const LIST: ReadonlySet<string> = new Set(wordlist);

export function newSecretCode(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(CODE_BYTES));
}

/** @param code `CODE_BYTES` bytes */
export function wordsOf(code: Uint8Array): string {
  return entropyToMnemonic(code, wordlist);
}

/**
 * The code that these words stand for, however they were written: in capitals, over several lines, numbered, with commas.
 *
 * @throws ProblemError `code-words` that names what is wrong, never the words that are right
 */
export function codeOf(words: string): Uint8Array<ArrayBuffer> {
  const said = wordsIn(words);
  const wrong = said.findIndex((word) => !LIST.has(word));
  if (wrong >= 0) throw refused(`Word ${wrong + 1}, "${said[wrong]}", is not in the list of words. Look at it again.`);
  if (said.length !== CODE_WORDS) throw refused(`A secret code has ${CODE_WORDS} words; these are ${said.length}.`);
  try {
    return Uint8Array.from(mnemonicToEntropy(said.join(' '), wordlist));
  } catch {
    throw refused('These words do not belong together: one of them is another word, or two have changed places.');
  }
}

function wordsIn(text: string): string[] {
  const parts = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[\s,;]+/);
  // the number of a line and what stands around a word
  return parts.map((part) => part.replace(/^\d+[.):]?/, '').replaceAll(/^\W+|\W+$/g, '')).filter((word) => word !== '');
}

function refused(message: string): ProblemError {
  return new ProblemError(problem('code-words', 'error', 'secret code', message));
}
