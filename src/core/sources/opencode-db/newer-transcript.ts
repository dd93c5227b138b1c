/** Rows of `session_message` as a transcript shows them. */
import type { Attachment, NotePart, ToolPart, TranscriptMessage, TranscriptPart } from '../../model/transcript.ts';
import { attachmentOf } from '../attachment.ts';
import { jsonText, restText } from '../json-text.ts';
import { timeOf } from '../opencode-shared/message-rules.ts';
import { errorPart, modelOf, numberOf, tokensOf } from '../opencode-shared/transcript-message.ts';
import { calledTool } from '../opencode-shared/transcript-tool.ts';
import { agentName } from './agents-in-force.ts';
import type { JsonObject } from './json.ts';
import { isObject, parseObjectText, stringOf } from './json.ts';

export interface NewerRow {
  readonly id: string;
  readonly type: string;
  readonly time: number | null;
  /** JSON, as it stands in the row. */
  readonly text: string;
}

export function newerMessage({ id, type, time, text }: NewerRow, reverted: boolean): TranscriptMessage {
  const data = parseObjectText(text);
  const times = objectOf(data?.['time']);
  const error = errorPart(data?.['error']);
  const parts = data === null ? [unknown(id, 'damaged', text)] : partsOf(id, type, data);
  return {
    id,
    role: type === 'user' || type === 'assistant' ? type : 'system',
    agent: agentName(data?.['agent']) ?? '',
    time: time ?? timeOf(times['created']) ?? 0,
    end: timeOf(times['completed']),
    model: type === 'assistant' ? modelOf(objectOf(data?.['model'])) : null,
    tokens: tokensOf(data?.['tokens']),
    cost: numberOf(data?.['cost']),
    reverted,
    parts: error === null ? parts : [...parts, error],
  };
}

function partsOf(id: string, type: string, data: JsonObject): TranscriptPart[] {
  switch (type) {
    case 'user':
      return userParts(id, data);
    case 'assistant':
      return listOf(data['content']).map((item, at) => contentPart(`${id}:${at}`, item));
    case 'synthetic':
    case 'system':
    case 'skill': {
      const text = stringOf(data['text']);
      return text === null ? [unknown(id, type, jsonText(data))] : [{ kind: 'text', id, text, spoken: false }];
    }
    case 'shell':
      return [shellPart(id, data)];
    case 'compaction': {
      const text = [data['summary'], data['recent']]
        .filter((each) => typeof each === 'string' && each !== '')
        .join('\n\n');
      return [{ kind: 'compaction', id, auto: automatic(data['reason']), text }];
    }
    case 'agent-switched':
      return [note(id, `The agent is ${stringOf(data['agent']) ?? 'another'} from here on`)];
    case 'model-switched':
      return [note(id, `The model is ${modelOf(objectOf(data['model'])) ?? 'another'} from here on`)];
    case 'idle':
      return [{ kind: 'hidden', id, type, raw: jsonText(data) }];
    default:
      return [unknown(id, type, jsonText(data))];
  }
}

function userParts(id: string, data: JsonObject): TranscriptPart[] {
  const text = stringOf(data['text']) ?? '';
  const files = listOf(data['files']).map((file, at): TranscriptPart => {
    const { uri, mime, name } = file;
    return { kind: 'attachment', id: `${id}:file${at}`, ...attached(mime, name, uri) };
  });
  const agents = listOf(data['agents']).map((agent, at) =>
    note(`${id}:agent${at}`, `Named the agent ${stringOf(agent['name']) ?? ''}`),
  );
  return [...(text === '' ? [] : [{ kind: 'text', id, text, spoken: true } as const]), ...files, ...agents];
}

function contentPart(id: string, item: JsonObject): TranscriptPart {
  const time = objectOf(item['time']);
  const text = stringOf(item['text']);
  const [start, end] = [timeOf(time['created']), timeOf(time['completed'])];
  if (item['type'] === 'text' && text !== null) return { kind: 'text', id, text, spoken: true };
  if (item['type'] === 'reasoning' && text !== null) return { kind: 'thinking', id, text, start, end };
  const name = stringOf(item['name']);
  if (item['type'] === 'tool' && name !== null) return tool(id, name, item);
  return unknown(id, stringOf(item['type']) ?? '', jsonText(item));
}

function tool(id: string, name: string, item: JsonObject): ToolPart {
  const state = objectOf(item['state']);
  const time = objectOf(item['time']);
  const structured = objectOf(state['structured']);
  const metadata = { ...structured, ...objectOf(state['metadata']) };
  const content = listOf(state['content']);
  const texts = content.map(({ text }) => stringOf(text) ?? '').filter((text) => text !== '');
  const error = errorPart(state['error']);
  return {
    ...calledTool(id, name, { ...state, metadata }),
    output: texts.length > 0 ? texts.join('\n') : restText(structured, ['exit', 'truncated', 'diff']),
    error: error === null ? '' : error.text,
    start: timeOf(time['ran'] ?? time['created']),
    end: timeOf(time['completed']),
    attachments: content
      .filter(({ type }) => type === 'file' || type === 'image')
      .map(({ mime, name: file, uri, url, data }) => attached(mime, file, uri ?? url ?? data)),
  };
}

/** A command a person ran themselves. */
function shellPart(id: string, data: JsonObject): TranscriptPart {
  const command = stringOf(data['command']);
  if (command === null) return unknown(id, 'shell', jsonText(data));
  const exit = numberOf(data['exit']);
  const time = objectOf(data['time']);
  return {
    kind: 'tool',
    id,
    name: 'shell',
    title: '',
    status: 'completed',
    input: restText(data, ['command', 'exit', 'output', 'time']),
    output: stringOf(data['output']) ?? '',
    error: '',
    start: timeOf(time['created']),
    end: timeOf(time['completed']),
    detail: { kind: 'shell', command, exitCode: exit },
    attachments: [],
  };
}

/** Null where it does not say why. */
function automatic(reason: unknown): boolean | null {
  return typeof reason === 'string' ? reason !== 'manual' : null;
}

function attached(mime: unknown, name: unknown, address: unknown): Attachment {
  return attachmentOf(stringOf(mime) ?? '', stringOf(name) ?? '', stringOf(address) ?? '');
}

function note(id: string, text: string): NotePart {
  return { kind: 'note', id, text };
}

function unknown(id: string, type: string, raw: string): TranscriptPart {
  return { kind: 'unknown', id, type, raw };
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
