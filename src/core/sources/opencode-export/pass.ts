/** One reading of an export from its beginning to its end. */
import type { ByteSource } from '../byte-source.ts';
import type { ProblemLog } from '../problem-log.ts';
import type { SessionHead } from '../source.ts';
import { utf8Chunks } from './chunks.ts';
import { ElementScanner } from './element-scanner.ts';
import type { ExportedMessage } from './read-message.ts';
import { readMessage } from './read-message.ts';

/** An export, and the session it is of. */
export interface OpenExport {
  readonly source: ByteSource;
  readonly head: SessionHead;
  /** False when a time of the session is missing or can't be. */
  readonly timesKnown: boolean;
}

/**
 * Gives each message once, in the order of the file. What could not be read is told.
 *
 * @param take gets how many bytes of the file were read, too
 */
export async function readExport(
  { source, head }: OpenExport,
  path: string,
  log: ProblemLog,
  signal: AbortSignal,
  take: (message: ExportedMessage, done: number) => void,
): Promise<void> {
  const seen = new Set<string>();
  const reader = { place: 0, done: 0 };
  const scanner = new ElementScanner({
    info: () => undefined,
    message: (bytes) => {
      const place = reader.place++;
      const message = readMessage(bytes, head.id);
      if (!('head' in message)) {
        const row = message.id ?? `messages[${place}]`;
        log.skipped(message.code, row, `Message ${row} could not be read: ${message.why}. It was left out.`, 'message');
        return;
      }
      if (seen.has(message.head.id)) return;
      seen.add(message.head.id);
      for (const lost of message.lostParts) tellPart(log, message.head.id, lost);
      take(message, reader.done);
    },
  });
  for await (const { bytes, done } of utf8Chunks(source)) {
    signal.throwIfAborted();
    reader.done = done;
    scanner.push(bytes);
    if (scanner.ended) return;
  }
  tellCut(log, path, scanner.inMessage, reader.place);
}

/** The folder that the first message with one was written in, or null: the oldest sessions do not say theirs. */
export async function firstFolder({ source, head }: OpenExport, signal: AbortSignal): Promise<string | null> {
  let first: ExportedMessage | null = null;
  const isBefore = (a: ExportedMessage, b: ExportedMessage): boolean =>
    a.head.time < b.head.time || (a.head.time === b.head.time && a.head.id < b.head.id);
  const scanner = new ElementScanner({
    info: () => undefined,
    message: (bytes) => {
      const message = readMessage(bytes, head.id);
      if (!('head' in message) || message.folder === null) return;
      if (first === null || isBefore(message, first)) first = message;
    },
  });
  for await (const { bytes } of utf8Chunks(source)) {
    signal.throwIfAborted();
    scanner.push(bytes);
  }
  return folderOf(first);
}

function folderOf(message: ExportedMessage | null): string | null {
  return message?.folder ?? null;
}

function tellPart(log: ProblemLog, messageId: string, place: number): void {
  const row = `${messageId} parts[${place}]`;
  log.skipped('bad-json', row, `Part ${place + 1} of message ${messageId} is no part. It was left out.`, 'part');
}

function tellCut(log: ProblemLog, path: string, inMessage: boolean, place: number): void {
  const name = path.split('/').at(-1) ?? path;
  const text = `${name} is cut off after ${place} messages. Export the session again to have the rest.`;
  if (inMessage) log.skipped('truncated', `messages[${place}]`, text, 'message');
  else log.warned('truncated', `messages[${place}]`, text);
}
