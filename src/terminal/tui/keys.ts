/* oxlint-disable no-control-regex -- terminals send control characters */
/**
 * Key presses out of what a terminal sends. Over a slow line several come in one piece (`jjj`), or one in several (`\x1b` and `[B`).
 *
 * Contract: however the same text is cut into pieces, the same keys come out, as long as what is pending is passed on with the next
 * piece. A lone escape can't be told from the beginning of a sequence: it stays pending until {@link pendingKeys} says that nothing
 * more has come.
 */
const NAMED = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7F': 'backspace',
  '\b': 'backspace',
  '\x01': 'home',
  '\x02': 'page-up',
  '\x03': 'ctrl-c',
  '\x04': 'ctrl-d',
  '\x05': 'end',
  '\x06': 'page-down',
  '\x0C': 'ctrl-l',
  '\x15': 'ctrl-u',
  '\x1A': 'ctrl-z',
} as const;

/** What follows `\x1b[` or `\x1bO`, modifiers left out. */
const SEQUENCES = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  Z: 'shift-tab',
  '1~': 'home',
  '3~': 'delete',
  '4~': 'end',
  '5~': 'page-up',
  '6~': 'page-down',
  '7~': 'home',
  '8~': 'end',
} as const;

type Named = (typeof NAMED)[keyof typeof NAMED];
type Sequenced = (typeof SEQUENCES)[keyof typeof SEQUENCES];

export type Key =
  | { readonly kind: 'key'; readonly name: Named | Sequenced | 'escape' }
  /** One character as a person sees it. */
  | { readonly kind: 'character'; readonly text: string }
  /** What was pasted, as one. */
  | { readonly kind: 'paste'; readonly text: string };

export interface SplitKeys {
  readonly keys: readonly Key[];
  /** The beginning of something, to be put before the next piece. */
  readonly pending: string;
}

const PASTE_BEGINS = '\x1B[200~';
const PASTE_ENDS = '\x1B[201~';
/** A sequence of the terminal: `\x1b[1;2B`, `\x1bOA`, and answers of it that are no keys (`\x1b]…\x07`, `\x1bP…\x1b\\`). */
const CSI = /^\x1B\[[0-?]*[ -/]*[@-~]/;
const SS3 = /^\x1BO[ -~]/;
const STRING = /^\x1B[\]P_^X][^\x07\x1B]*(?:\x07|\x1B\\)/;
const BEGUN = /^\x1B(?:\[[0-?]*[ -/]*|O|[\]P_^X][^\x07\x1B]*\x1B?)?$/;
/** A sequence that goes on and on is none: what is pending stays small. */
const LONGEST_SEQUENCE = 4_096;

const segmenter = new Intl.Segmenter();

/** The keys in a piece of input, with what was pending before it. */
export function splitKeys(text: string): SplitKeys {
  const keys: Key[] = [];
  let rest = text;
  while (rest !== '') {
    if (rest.startsWith(PASTE_BEGINS)) {
      const end = rest.indexOf(PASTE_ENDS);
      if (end < 0) return { keys, pending: rest };
      keys.push({ kind: 'paste', text: rest.slice(PASTE_BEGINS.length, end) });
      rest = rest.slice(end + PASTE_ENDS.length);
      continue;
    }
    if (rest.startsWith('\x1B')) {
      const sequence = (CSI.exec(rest) ?? SS3.exec(rest) ?? STRING.exec(rest))?.[0];
      if (sequence === undefined && BEGUN.test(rest) && rest.length < LONGEST_SEQUENCE) return { keys, pending: rest };
      keys.push(...(sequence === undefined ? [ESCAPE] : keyOf(sequence)));
      rest = rest.slice(sequence?.length ?? 1);
      continue;
    }
    const [run = ''] = /^[^\x1B]+/.exec(rest) ?? [];
    keys.push(...charactersOf(run));
    rest = rest.slice(run.length);
  }
  return { keys, pending: '' };
}

/** The keys that pending input stands for when nothing follows it: an escape, and characters. */
export function pendingKeys(pending: string): readonly Key[] {
  if (pending.startsWith(PASTE_BEGINS)) return [];
  return pending === '' ? [] : [ESCAPE, ...charactersOf(pending.slice(1).replaceAll('\x1B', ''))];
}

const ESCAPE: Key = { kind: 'key', name: 'escape' };

function keyOf(sequence: string): Key[] {
  const code = sequence.slice(2).replace(/^1?;\d+(?=[A-Z])|;\d+(?=~)/, '');
  return isKeyOf(SEQUENCES, code) ? [{ kind: 'key', name: SEQUENCES[code] }] : [];
}

function charactersOf(run: string): Key[] {
  return [...segmenter.segment(run)].flatMap(({ segment }): Key[] => {
    // `\r\n` is one character to the segmenter
    const single = segment === '\r\n' ? '\r' : segment;
    if (isKeyOf(NAMED, single)) return [{ kind: 'key', name: NAMED[single] }];
    return /\p{Cc}/u.test(single) ? [] : [{ kind: 'character', text: single }];
  });
}

function isKeyOf<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}
