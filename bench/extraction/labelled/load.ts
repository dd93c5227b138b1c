import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { LabelledMessage } from './message.ts';

/** The half that rules are written from, or the half nobody looks at until they are done. */
export type Half = 'work' | 'unseen';

/** The labelled messages of one half, in the order of their ids. Throws what `parseLabelled` throws. */
export async function loadLabelled(half: Half): Promise<LabelledMessage[]> {
  const file = `${half}.jsonl`;
  return parseLabelled(await readFile(new URL(file, import.meta.url), 'utf8'), file);
}

/** Reads one message a line. Throws an error that names the file, the line and the field when a line isn't one. */
export function parseLabelled(text: string, file: string): LabelledMessage[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => parseLine(line, `${file}, line ${index + 1}`));
}

function parseLine(line: string, place: string): LabelledMessage {
  const result = v.safeParse(LabelledMessage, valueOf(line, place));
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(`${place}: ${v.getDotPath(issue) ?? 'the message'}: ${issue.message}`);
}

function valueOf(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error(`${place}: not one line of JSON. Put one message on each line.`, { cause: error });
  }
}
