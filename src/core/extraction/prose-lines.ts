/** Lines that no one speaks: logs, stack traces, diffs, terminal output, code without a fence, tables, quotations. */
import type { Span } from '../model/span.ts';
import { isSurelyCode, looksLikeCode, looksLikeComment } from './code-lines.ts';
import { looksLikeOutput, startsOutput } from './output-lines.ts';
import { linesOf } from './prose-blocks.ts';

interface Line {
  readonly start: number;
  readonly line: string;
  /** Null while nothing is decided. */
  kind: 'prose' | 'blank' | 'block' | 'code' | 'comment';
}

/** Lines that are not prose, each with its end. `text` has blanks where blocks were. */
export function notProseLines(text: string): Span[] {
  const lines: Line[] = linesOf(text).map((line) => ({ ...line, kind: kindOf(line.line) }));
  markDiffs(lines);
  markOutput(lines);
  markIndented(lines);
  markCode(lines);
  return lines
    .filter(({ kind }) => kind === 'block')
    .map(({ start, line }) => ({ start, end: Math.min(text.length, start + line.length + 1) }));
}

function kindOf(line: string): Line['kind'] {
  if (line.trim() === '') return 'blank';
  if (/^\s{0,3}>/.test(line) || isTable(line) || looksLikeOutput(line)) return 'block';
  if (looksLikeCode(line)) return 'code';
  return looksLikeComment(line) ? 'comment' : 'prose';
}

function isTable(line: string): boolean {
  return /^\s*\|.*\|\s*$/.test(line) || /^\s*[+|][-=+|: ]{3,}$/.test(line);
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
const DIFF_HEAD =
  /^(?:diff --git |index [0-9a-f]{4,}\.\.|--- \S|\+\+\+ \S|new file mode|deleted file mode|rename (?:from|to) |similarity index|Binary files |\*\*\* (?:Begin|End|Update|Add|Delete) )/;

/** A hunk says how many lines it has; they are the diff's, whatever stands in them. */
function markDiffs(lines: Line[]): void {
  for (let at = 0; at < lines.length; at++) {
    const { line } = lines[at] ?? { line: '' };
    const hunk = HUNK.exec(line);
    const isHead = DIFF_HEAD.test(line);
    if (hunk === null && !isHead) continue;
    let before = Number(hunk?.[1] ?? 1);
    let after = Number(hunk?.[2] ?? 1);
    mark(lines[at]);
    if (hunk === null) continue;
    while (before > 0 || after > 0) {
      const next = lines[at + 1];
      if (next === undefined || !/^(?:[ +\\-]|$)/.test(next.line)) break;
      if (!next.line.startsWith('+')) before -= 1;
      if (!next.line.startsWith('-')) after -= 1;
      mark(next);
      at += 1;
    }
  }
}

/** What follows a prompt or the head of a trace, up to the next empty line. */
function markOutput(lines: Line[]): void {
  let isOutput = false;
  for (const line of lines) {
    if (line.kind === 'blank') isOutput = false;
    else if (startsOutput(line.line)) isOutput = true;
    if (isOutput) mark(line);
  }
}

/** Lines indented by four after an empty line are code, unless they go on with a list. */
function markIndented(lines: Line[]): void {
  let inList = false;
  let inCode = false;
  let before: Line['kind'] = 'blank';
  for (const line of lines) {
    const isIndented = /^(?: {4}|\t)/.test(line.line);
    if (line.kind !== 'blank') {
      const isItem = /^\s*(?:[-*+]|\d+[.)])\s/.test(line.line);
      inCode = isIndented && !inList && !isItem && (inCode || before === 'blank' || before === 'block');
      if (inCode) mark(line);
      inList = isItem || (inList && isIndented) || (inList && before !== 'blank');
    }
    if (line.kind !== 'blank' || !inCode) before = line.kind;
  }
}

/** Two lines of code, or one that can't be anything else, with the comments before and what stands between. */
function markCode(lines: Line[]): void {
  for (let at = 0; at < lines.length; at++) {
    const { kind, line } = lines[at] ?? { kind: 'blank', line: '' };
    if (kind !== 'code') continue;
    const end = endOfCode(lines, at);
    const count = lines.slice(at, end).filter((each) => each.kind === 'code').length;
    if (count >= 2 || isSurelyCode(line)) {
      for (const each of lines.slice(beginOfComments(lines, at), end)) mark(each);
    }
    at = end - 1;
  }
}

/** How many lines that look like nothing may stand between two of code. */
const OTHER_LINES = 2;

/** A sentence that begins after an empty line, at the margin, ends the code before it. */
function endOfCode(lines: readonly Line[], from: number): number {
  let end = from + 1;
  let others = 0;
  for (let at = end; at < lines.length && others <= OTHER_LINES; at++) {
    const { kind, line } = lines[at] ?? { kind: 'block', line: '' };
    const follows = lines[at - 1]?.kind !== 'blank';
    if (kind === 'block' || (kind === 'prose' && !follows && /^\S/.test(line))) break;
    if (kind === 'prose') others += 1;
    if (kind === 'code' || (kind === 'comment' && follows && others === 0)) {
      end = at + 1;
      others = 0;
    }
  }
  return end;
}

function beginOfComments(lines: readonly Line[], from: number): number {
  let begin = from;
  while (lines[begin - 1]?.kind === 'comment') begin -= 1;
  return begin;
}

function mark(line: Line | undefined): void {
  if (line !== undefined && line.kind !== 'blank') line.kind = 'block';
}
