import type { TranscriptMessage } from '../model/transcript.ts';
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

/** What the find field looks for in a message: in everything it shows, folded or not, upper and lower case alike. */
export function findIn(message: TranscriptMessage, at: number, query: string): Hit[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return [];
  return message.parts.flatMap((part): Hit[] => {
    if (part.kind === 'hidden') return [];
    const count = textsOf(part).reduce((sum, text) => sum + occurrences(withoutAnsi(text).toLowerCase(), wanted), 0);
    return count === 0 ? [] : [{ at, messageId: message.id, partId: part.id, count }];
  });
}

function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
