import type { Problem } from '../model/problem.ts';
import { ProblemError } from '../model/problem.ts';
import type { TranscriptMessage } from '../model/transcript.ts';
import { SourceChanged } from '../sources/byte-source.ts';
import type { Source } from '../sources/source.ts';
import { withoutAnsi } from '../transcript/ansi.ts';
import { textsOf } from '../transcript/part-texts.ts';
import type { HistoryReading } from './history-reading.ts';

/** Messages that are read at a time. */
const AT_ONCE = 100;

/** Tells which tools were called in a session, what they were given and gave back. Gives what could not be read. */
export async function hearTools(
  source: Source,
  sessionId: string,
  reading: HistoryReading,
  signal: AbortSignal,
): Promise<readonly Problem[]> {
  try {
    const session = await source.transcript(sessionId, signal);
    if (session === null) return [];
    const { length } = await session.ids(signal);
    // from its end
    for (let to = length; to > 0; to -= AT_ONCE) {
      signal.throwIfAborted();
      for (const message of await session.messages(Math.max(0, to - AT_ONCE), to, signal)) hear(message, reading);
    }
    return session.problems;
  } catch (error) {
    if (error instanceof ProblemError) return [error.problem];
    // it is being written: what was heard stays, and another search hears the rest
    if (error instanceof SourceChanged) return [];
    throw error;
  }
}

function hear({ id, parts }: TranscriptMessage, reading: HistoryReading): void {
  for (const part of parts)
    if (part.kind === 'tool') reading.tool(id, [part.name, ...textsOf(part)].map(withoutAnsi).join('\n'));
}
