/** Lines of a transcript as a message: the prompt of a person, a reply of the model with what its tools gave, or what the tool wrote. */
import type { TokenCount, TranscriptMessage, TranscriptPart } from '../../model/transcript.ts';
import { jsonText } from '../json-text.ts';
import type { JsonObject } from './json.ts';
import { isObject, objectOf, stringOf } from './json.ts';
import { readRow, timeOf } from './row.ts';
import type { IndexedMessage } from './transcript-index.ts';
import type { ToolResult } from './transcript-tool.ts';
import { sourceOf } from './transcript-source.ts';
import { toolPart } from './transcript-tool.ts';

export interface MessageLines {
  readonly indexed: IndexedMessage;
  readonly lines: readonly JsonObject[];
  /** Lines with what its calls of tools gave. */
  readonly results: readonly JsonObject[];
  /** Lines of it that could not be read, as they stand. */
  readonly damaged: readonly string[];
}

export interface About {
  readonly agent: string;
  /** The session of the sub-agent that was given this task, when it stands in the same file. */
  readonly sideOf: (task: string) => string | null;
}

export function claudeMessage({ indexed, lines, results, damaged }: MessageLines, about: About): TranscriptMessage {
  const { id, role, time } = indexed;
  const times = lines.map((line) => timeOf(line['timestamp'])).filter((each) => each !== null);
  const replies = role === 'assistant' ? lines.map((line) => objectOf(line['message'])) : [];
  const model = replies.map((reply) => stringOf(reply['model'])).find((each) => each !== null) ?? null;
  const lost = damaged.map((raw, at): TranscriptPart => ({
    kind: 'unknown',
    id: `${id}:lost${at}`,
    type: 'damaged',
    raw,
  }));
  return {
    id,
    role,
    agent: about.agent,
    time: time ?? times[0] ?? 0,
    end: role === 'assistant' ? (times.at(-1) ?? null) : null,
    model,
    tokens: largestUsage(replies),
    cost: costOf(lines),
    reverted: false,
    parts: [...lines.flatMap((line, at) => partsOf(line, `${id}:${at}`, results, about)), ...lost],
  };
}

function partsOf(line: JsonObject, id: string, results: readonly JsonObject[], about: About): TranscriptPart[] {
  if (line['type'] === 'assistant') return replyParts(line, id, results, about);
  if (line['type'] === 'user') return userParts(line, id);
  if (line['type'] === 'system') return systemParts(line, id);
  return [{ kind: 'unknown', id, type: stringOf(line['type']) ?? '', raw: jsonText(line) }];
}

function blocksOf(line: JsonObject): readonly unknown[] {
  const content = isObject(line['message']) ? line['message']['content'] : undefined;
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content : [];
}

function replyParts(line: JsonObject, id: string, results: readonly JsonObject[], about: About): TranscriptPart[] {
  const parts = blocksOf(line).map((block, at) => replyPart(block, `${id}:${at}`, results, about));
  if (line['isApiErrorMessage'] !== true) return parts;
  return parts.map((part) => (part.kind === 'text' ? { kind: 'error', id: part.id, name: '', text: part.text } : part));
}

function replyPart(block: unknown, id: string, results: readonly JsonObject[], about: About): TranscriptPart {
  if (typeof block === 'string') return { kind: 'text', id, text: block, spoken: true };
  const data = objectOf(block);
  const type = stringOf(data['type']) ?? '';
  if (type === 'text' && typeof data['text'] === 'string')
    return { kind: 'text', id, text: data['text'], spoken: true };
  if (type === 'thinking' && typeof data['thinking'] === 'string')
    return { kind: 'thinking', id, text: data['thinking'], start: null, end: null };
  if (type === 'redacted_thinking') return { kind: 'hidden', id, type, raw: jsonText(data) };
  const name = stringOf(data['name']);
  if (type === 'tool_use' && name !== null)
    return toolPart(id, name, data, resultOf(stringOf(data['id']), results), about.sideOf);
  return { kind: 'unknown', id, type, raw: jsonText(block) };
}

function resultOf(call: string | null, results: readonly JsonObject[]): ToolResult | null {
  if (call === null) return null;
  for (const line of results) {
    const blocks = blocksOf(line)
      .filter(isObject)
      .filter(({ type }) => type === 'tool_result');
    const block = blocks.find((each) => each['tool_use_id'] === call);
    // what the tool itself noted stands once on the line, so with several results it is nobody's
    if (block !== undefined)
      return { block, noted: blocks.length === 1 ? line['toolUseResult'] : undefined, time: timeOf(line['timestamp']) };
  }
  return null;
}

function userParts(line: JsonObject, id: string): TranscriptPart[] {
  const { prompt } = readRow(line);
  if (prompt !== null) return promptParts(line, id, prompt);
  const isSummary = line['isCompactSummary'] === true;
  return blocksOf(line).map((block, at): TranscriptPart => {
    const part = userPart(block, `${id}:${at}`);
    if (part.kind === 'text' && isSummary) return { kind: 'compaction', id: part.id, auto: null, text: part.text };
    return part;
  });
}

/** What the person wrote; and behind it what else was sent with it. */
function promptParts(line: JsonObject, id: string, prompt: string): TranscriptPart[] {
  const parts = blocksOf(line).map((block, at) => userPart(block, `${id}:${at}`));
  const sent = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');
  const others = parts.filter(({ kind }) => kind !== 'text');
  const said: TranscriptPart[] = prompt === '' ? [] : [{ kind: 'text', id: `${id}:said`, text: prompt, spoken: true }];
  const whole: TranscriptPart[] =
    sent === prompt ? [] : [{ kind: 'text', id: `${id}:sent`, text: sent, spoken: false }];
  return [...said, ...others, ...whole];
}

function userPart(block: unknown, id: string): TranscriptPart {
  if (typeof block === 'string') return { kind: 'text', id, text: block, spoken: false };
  const data = objectOf(block);
  const type = stringOf(data['type']) ?? '';
  if (type === 'text' && typeof data['text'] === 'string')
    return { kind: 'text', id, text: data['text'], spoken: false };
  if (type === 'image' || type === 'document') return { kind: 'attachment', id, ...sourceOf(data) };
  return { kind: 'unknown', id, type, raw: jsonText(block) };
}

function systemParts(line: JsonObject, id: string): TranscriptPart[] {
  const subtype = stringOf(line['subtype']) ?? '';
  const content = stringOf(line['content']) ?? '';
  if (subtype === 'compact_boundary') {
    const trigger = objectOf(line['compactMetadata'])['trigger'];
    return [{ kind: 'compaction', id, auto: typeof trigger === 'string' ? trigger === 'auto' : null, text: '' }];
  }
  if (subtype === 'api_error') {
    const attempt = typeof line['retryAttempt'] === 'number' ? line['retryAttempt'] : null;
    return [{ kind: 'retry', id, attempt, text: content === '' ? jsonText(line['error']) : content }];
  }
  if (content === '') return [{ kind: 'unknown', id, type: subtype, raw: jsonText(line) }];
  return [{ kind: 'text', id, text: content, spoken: false }];
}

/** The lines of one reply repeat its usage as it grows. */
function largestUsage(replies: readonly JsonObject[]): TokenCount | null {
  let largest: TokenCount | null = null;
  for (const reply of replies) {
    const usage = reply['usage'];
    if (!isObject(usage)) continue;
    const count = {
      input: numberOf(usage['input_tokens']),
      output: numberOf(usage['output_tokens']),
      reasoning: null,
      cacheRead: numberOf(usage['cache_read_input_tokens']),
      cacheWrite: numberOf(usage['cache_creation_input_tokens']),
    };
    if (largest === null || (count.output ?? 0) >= (largest.output ?? 0)) largest = count;
  }
  return largest;
}

function costOf(lines: readonly JsonObject[]): number | null {
  return lines.map((line) => numberOf(line['costUSD'])).find((cost) => cost !== null) ?? null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
