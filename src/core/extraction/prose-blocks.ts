/** Blocks with a beginning and an end: fences, elements that tools and people paste files in, front matter. */
import type { Span } from '../model/span.ts';

/** What tools write into a human's message by themselves, wherever it stands. An element that is not closed goes on to the end. */
const TOOL_ELEMENT =
  /<(system-reminder|local-command-(?:stdout|stderr|caveat)|bash-(?:input|stdout|stderr)|command-(?:name|message|contents)|task-notification|user-prompt-submit-hook|environment_details|environment_context|ide_[a-z_]+|function_results|tool_(?:result|use|output)|tool-(?:result|output)|file_contents?|attached_files?|pasted[a-z_-]*|documents?|files?)(?:\s[^<>]{0,500})?>/g;
/** An element whose tags stand on lines of their own. */
const OWN_LINES = /^[ \t]*<([A-Za-z][\w.:-]{0,60})(?:\s[^<>]{0,500})?>[ \t]*$/gm;
const PLACEHOLDER = /\[(?:Pasted text|Pasted|Image|File|Attachment)\b[^\]\n]{0,200}\]/g;

/** Not united: they may overlap. */
export function blockSpans(text: string): Span[] {
  const fenced = fencedSpans(text);
  return [
    ...fenced,
    ...elements(text, TOOL_ELEMENT),
    ...elements(text, OWN_LINES, 'closed'),
    ...comments(text, /<!--/g, '-->', 'to-the-end'),
    ...comments(text, /^[ \t]*\/\*/gm, '*/', 'closed'),
    ...frontMatter(text),
    ...[...text.matchAll(PLACEHOLDER)].map(({ index, 0: mark }) => ({ start: index, end: index + mark.length })),
  ];
}

/**
 * Fences of backticks or tildes. One that begins after words of its line begins there; one that is never closed goes on to
 * the end of the text.
 */
function fencedSpans(text: string): Span[] {
  const found: Span[] = [];
  let open: { start: number; mark: string } | null = null;
  for (const { start, line } of linesOf(text)) {
    if (open !== null) {
      if (!closes(line, open.mark)) continue;
      found.push({ start: open.start, end: start + line.length });
      open = null;
      continue;
    }
    const mark = opening(line);
    if (mark !== null) open = { start: start + mark.at, mark: mark.mark };
  }
  if (open !== null) found.push({ start: open.start, end: text.length });
  return found;
}

function opening(line: string): { at: number; mark: string } | null {
  const atStart = /^[ \t>*+-]*(?:\d+[.)][ \t]+)?(`{3,}|~{3,})/.exec(line);
  const mark = atStart?.[1];
  if (atStart !== null && mark !== undefined) {
    const rest = line.slice(atStart[0].length);
    return mark.startsWith('`') && rest.includes(mark) ? null : { at: 0, mark };
  }
  // "the error: ```" opens a fence too, unless the line closes it
  const marks = [...line.matchAll(/`{3,}/g)];
  const last = marks.at(-1);
  return last === undefined || marks.length % 2 === 0 ? null : { at: last.index, mark: last[0] };
}

function closes(line: string, mark: string): boolean {
  const closing = /^[ \t>]*(`{3,}|~{3,})[ \t]*(.*)$/.exec(line);
  if (closing?.[1] !== undefined) return closing[1].startsWith(mark) && closing[2] === '';
  return mark.startsWith('`') && line.trimEnd().endsWith(mark);
}

type Unclosed = 'to-the-end' | 'closed';

function elements(text: string, opening: RegExp, unclosed: Unclosed = 'to-the-end'): Span[] {
  const found: Span[] = [];
  let reached = 0;
  const missing = new Set<string>();
  for (const { index, 0: tag, 1: name = '' } of text.matchAll(opening)) {
    if (index < reached || missing.has(name)) continue;
    const end = endOf(text, `</${name}>`, index + tag.length, unclosed);
    if (end === null) {
      missing.add(name);
      continue;
    }
    reached = end;
    found.push({ start: index, end });
  }
  return found;
}

function comments(text: string, opening: RegExp, closing: string, unclosed: Unclosed): Span[] {
  const found: Span[] = [];
  let reached = 0;
  for (const { index } of text.matchAll(opening)) {
    if (index < reached) continue;
    const end = endOf(text, closing, index, unclosed);
    if (end === null) break;
    reached = end;
    found.push({ start: index, end });
  }
  return found;
}

function endOf(text: string, closing: string, from: number, unclosed: Unclosed): number | null {
  const at = text.indexOf(closing, from);
  if (at !== -1) return at + closing.length;
  return unclosed === 'to-the-end' ? text.length : null;
}

/** `---`, keys and values, `---` at the head of a pasted file. */
function frontMatter(text: string): Span[] {
  const match = /^\s*---[ \t]*\n(?:[ \t]*[\w-]+:.*\n|[ \t]+.*\n|\n)+?---[ \t]*(?:\n|$)/.exec(text);
  return match === null ? [] : [{ start: 0, end: match[0].length }];
}

/** Lines without their ends, and where they begin. */
export function linesOf(text: string): { start: number; line: string }[] {
  const lines: { start: number; line: string }[] = [];
  for (let start = 0; start <= text.length;) {
    const at = text.indexOf('\n', start);
    const end = at === -1 ? text.length : at;
    lines.push({ start, line: text.slice(start, end) });
    start = end + 1;
  }
  return lines;
}
