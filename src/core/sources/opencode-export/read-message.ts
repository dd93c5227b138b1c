import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, parseObject } from '../opencode-db/json.ts';
import { messageHead, workingFolder } from '../opencode-shared/message-rules.ts';
import { spokenText, toolRun, toolStart } from '../opencode-shared/part-rules.ts';
import { named } from '../opencode-shared/session-rules.ts';
import type { MessageHead, TextPiece, ToolCall } from '../source.ts';

/** What an element of `messages` says. */
export interface ExportedMessage {
  readonly head: MessageHead;
  /** The folder it was written in, or null. */
  readonly folder: string | null;
  readonly texts: readonly TextPiece[];
  readonly toolCalls: readonly ToolCall[];
  /** Places in the array of those of its parts that could not be read. */
  readonly lostParts: readonly number[];
}

/** An element of `messages` that could not be read, and why. */
export interface LostMessage {
  readonly id: string | null;
  readonly code: 'bad-json' | 'damaged-row';
  readonly why: string;
}

/** @param bytes null when there were too many of them */
export function readMessage(bytes: Uint8Array | null, sessionId: string): ExportedMessage | LostMessage {
  if (bytes === null) return { id: null, code: 'damaged-row', why: 'it is too large' };
  const data = parseObject(bytes);
  if (data === null) return { id: null, code: 'bad-json', why: 'it is not valid JSON' };
  const info = isObject(data['info']) ? data['info'] : {};
  const id = named(info['id']);
  const head = id === null ? 'it has no id' : messageHead(info, { id, sessionId });
  if (typeof head === 'string') return { id, code: 'damaged-row', why: head };
  const parts: readonly unknown[] = Array.isArray(data['parts']) ? data['parts'] : [];
  return { head, folder: workingFolder(info), ...readParts(parts, head) };
}

function readParts(
  parts: readonly unknown[],
  head: MessageHead,
): Pick<ExportedMessage, 'texts' | 'toolCalls' | 'lostParts'> {
  const texts = new Map<string, TextPiece>();
  const toolCalls = new Map<string, ToolCall>();
  const lostParts: number[] = [];
  const { id: messageId, sessionId } = head;
  for (const [i, part] of parts.entries()) {
    if (!isObject(part)) {
      lostParts.push(i);
      continue;
    }
    const partId = partName(part, i);
    const text = spokenText(part);
    if (text !== null && !texts.has(partId)) texts.set(partId, { messageId, sessionId, partId, text });
    if (part['type'] === 'tool' && !toolCalls.has(partId)) {
      toolCalls.set(partId, {
        messageId,
        sessionId,
        time: toolStart(part) ?? head.time,
        run: toolRun(part) ?? undefined,
      });
    }
  }
  return { texts: [...texts.values()], toolCalls: [...toolCalls.values()], lostParts };
}

/** Its id; where it has none, one that keeps it at its place behind the others. */
export function partName(part: JsonObject, i: number): string {
  return named(part['id']) ?? `prt_~${i.toString().padStart(8, '0')}`;
}
