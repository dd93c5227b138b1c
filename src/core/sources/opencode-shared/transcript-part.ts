import type { TranscriptPart } from '../../model/transcript.ts';
import { attachmentOf } from '../attachment.ts';
import { jsonText } from '../json-text.ts';
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, stringOf } from '../opencode-db/json.ts';
import { timeOf } from './message-rules.ts';
import { toolPart } from './transcript-tool.ts';
import type { PartRecord } from './transcript-record.ts';

/** What a part is to a reader; one of a kind nobody knows is shown as it stands. */
export function transcriptPart({ id, data, text = '' }: PartRecord): TranscriptPart {
  if (data === null) return { kind: 'unknown', id, type: 'damaged', raw: text };
  const type = stringOf(data['type']) ?? '';
  return KINDS[type]?.(id, data) ?? { kind: 'unknown', id, type, raw: jsonText(data) };
}

type Reader = (id: string, data: JsonObject) => TranscriptPart | null;

const hidden: Reader = (id, data) => ({
  kind: 'hidden',
  id,
  type: stringOf(data['type']) ?? '',
  raw: jsonText(data),
});

/** Null where the part is not what its type says. */
const KINDS: Readonly<Record<string, Reader>> = {
  text: (id, data) => {
    const text = stringOf(data['text']);
    if (text === null) return null;
    return { kind: 'text', id, text, spoken: !data['synthetic'] && !data['ignored'] };
  },
  reasoning: (id, data) => {
    const text = stringOf(data['text']);
    return text === null ? null : { kind: 'thinking', id, text, ...startAndEnd(data) };
  },
  tool: (id, data) => toolPart(id, data),
  file: (id, data) => {
    const address = stringOf(data['url']) ?? '';
    const source = isObject(data['source']) ? data['source'] : {};
    const mime = stringOf(data['mime']) ?? '';
    const file = attachmentOf(mime, stringOf(data['filename']) ?? stringOf(source['path']) ?? '', address);
    return { kind: 'attachment', id, ...file };
  },
  subtask: (id, data) => ({
    kind: 'subtask',
    id,
    agent: stringOf(data['agent']) ?? '',
    title: stringOf(data['description']) ?? stringOf(data['command']) ?? '',
    text: stringOf(data['prompt']) ?? '',
  }),
  agent: (id, data) => {
    const name = stringOf(data['name']);
    return name === null ? null : { kind: 'note', id, text: `Named the agent ${name}` };
  },
  compaction: (id, data) => {
    const { auto } = data;
    return { kind: 'compaction', id, auto: typeof auto === 'boolean' ? auto : null, text: '' };
  },
  retry: (id, data) => {
    const error = isObject(data['error']) ? data['error'] : {};
    const inner = isObject(error['data']) ? error['data'] : error;
    const { attempt } = data;
    const text = stringOf(inner['message']) ?? jsonText(data['error']);
    return { kind: 'retry', id, attempt: typeof attempt === 'number' ? attempt : null, text };
  },
  patch: (id, data) => {
    const files = Array.isArray(data['files']) ? data['files'].filter((file) => typeof file === 'string') : [];
    return files.length === 0 ? hidden(id, data) : { kind: 'note', id, text: `Changed ${files.join(', ')}` };
  },
  'step-start': hidden,
  'step-finish': hidden,
  snapshot: hidden,
};

function startAndEnd(data: JsonObject): { readonly start: number | null; readonly end: number | null } {
  const time = isObject(data['time']) ? data['time'] : {};
  return { start: timeOf(time['start'] ?? time['created']), end: timeOf(time['end'] ?? time['completed']) };
}
