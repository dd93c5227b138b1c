/** Messages of OpenCode's generations before 2 as a transcript shows them, whether they stood in rows, files or an export. */
import type { ErrorPart, TokenCount, TranscriptMessage } from '../../model/transcript.ts';
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, stringOf } from '../opencode-db/json.ts';
import { jsonText } from '../json-text.ts';
import { agentOf, timeOf } from './message-rules.ts';
import { transcriptPart } from './transcript-part.ts';
import type { MessageRecord } from './transcript-record.ts';

export function transcriptMessage(record: MessageRecord, reverted: boolean): TranscriptMessage {
  const { id, data, created, parts } = record;
  const times = isObject(data['time']) ? data['time'] : {};
  const { role } = data;
  const error = errorPart(data['error']);
  const shown = parts.map(transcriptPart);
  if (data['summary'] === true)
    shown.unshift({ kind: 'note', id: `${id}:summary`, text: 'A summary of what was before' });
  if (role !== 'user' && role !== 'assistant' && Object.keys(data).length > 0)
    shown.push({ kind: 'unknown', id: `${id}:message`, type: stringOf(role) ?? 'message', raw: jsonText(data) });
  return {
    id,
    role: role === 'user' || role === 'assistant' ? role : 'system',
    agent: agentOf(data),
    time: created ?? timeOf(times['created']) ?? 0,
    end: timeOf(times['completed']),
    model: modelOf(isObject(data['model']) ? data['model'] : data),
    tokens: tokensOf(data['tokens']),
    cost: numberOf(data['cost']),
    reverted,
    parts: error === null ? shown : [...shown, error],
  };
}

/** `provider/model`, of what names them in either way. */
export function modelOf(data: JsonObject): string | null {
  const model = stringOf(data['modelID']) ?? stringOf(data['id']);
  const provider = stringOf(data['providerID']);
  if (model === null) return null;
  return provider === null ? model : `${provider}/${model}`;
}

export function tokensOf(value: unknown): TokenCount | null {
  if (!isObject(value)) return null;
  const cache = isObject(value['cache']) ? value['cache'] : {};
  return {
    input: numberOf(value['input']),
    output: numberOf(value['output']),
    reasoning: numberOf(value['reasoning']),
    cacheRead: numberOf(cache['read']),
    cacheWrite: numberOf(cache['write']),
  };
}

/** Why an answer ended: an object, or a plain text. */
export function errorPart(error: unknown): ErrorPart | null {
  if (error === undefined || error === null || error === '') return null;
  if (typeof error === 'string') return { kind: 'error', id: 'error', name: '', text: error };
  if (!isObject(error)) return { kind: 'error', id: 'error', name: '', text: jsonText(error) };
  const data = isObject(error['data']) ? error['data'] : error;
  const name = stringOf(error['name']) ?? stringOf(error['type']) ?? '';
  return { kind: 'error', id: 'error', name, text: stringOf(data['message']) ?? jsonText(data) };
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
