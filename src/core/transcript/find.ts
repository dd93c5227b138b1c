import type { TranscriptMessage, TranscriptPart } from '../model/transcript.ts';
import { withoutAnsi } from './ansi.ts';
import { textsOf } from './part-texts.ts';

/** Places in one part of one message. */
export interface Hit {
  readonly at: number;
  readonly messageId: string;
  readonly partId: string;
  /** How often it stands there. */
  readonly count: number;
}

/** What is looked for, in lower case. */
export interface FindQuery {
  /** Only in calls of tools whose name has this in it; '': everywhere. */
  readonly tool: string;
  /** One text, spaces and all. '': each of the calls is a place. */
  readonly words: string;
}

/** @param typed `what stands there`, `tool:bash` or `tool:bash what stands there` */
export function findQuery(typed: string): FindQuery {
  const [all, tool = ''] = /^\s*tool:(\S+)\s*/i.exec(typed) ?? [''];
  return { tool: tool.toLowerCase(), words: typed.slice(all.length).toLowerCase() };
}

/** The text that is to be marked where it is shown. */
export function markedWords(typed: string): string {
  const { tool, words } = findQuery(typed);
  return words === '' ? tool : words;
}

/** What the find field looks for in a message: in everything it shows, folded or not, upper and lower case alike. */
export function findIn(message: TranscriptMessage, at: number, { tool, words }: FindQuery): Hit[] {
  if (tool === '' && words === '') return [];
  return message.parts.flatMap((part): Hit[] => {
    if (part.kind === 'hidden' || !nameOf(part).toLowerCase().includes(tool)) return [];
    const count = words === '' ? 1 : countIn(part, words);
    return count === 0 ? [] : [{ at, messageId: message.id, partId: part.id, count }];
  });
}

function countIn(part: TranscriptPart, words: string): number {
  const texts = [nameOf(part), ...textsOf(part)];
  return texts.reduce((sum, text) => sum + occurrences(withoutAnsi(text).toLowerCase(), words), 0);
}

/** Of the tool that was called; '' where none was. */
function nameOf(part: TranscriptPart): string {
  return part.kind === 'tool' ? part.name : '';
}

function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
