import { sessionToJson } from '../../catalog/session-json.ts';
import type { Attachment, ToolDetail, TranscriptMessage, TranscriptPart } from '../../model/transcript.ts';
import type { ExportWriter } from './export-head.ts';
import { isoTime } from './export-head.ts';

/** One document: `{format, version, session, messages}`, names in snake_case, times ISO-8601. */
export function jsonWriter(): ExportWriter {
  let isFirst = true;
  return {
    begin: (session) =>
      `{\n"format": "dramatis-transcript",\n"version": 1,\n"session": ${text(sessionToJson(session))},\n"messages": [`,
    message(message) {
      const comma = isFirst ? '' : ',';
      isFirst = false;
      return `${comma}\n${text(messageToJson(message))}`;
    },
    end: () => '\n]\n}\n',
  };
}

export function messageToJson(message: TranscriptMessage): unknown {
  const { id, role, agent, model, cost, reverted, tokens } = message;
  return {
    id,
    role,
    agent,
    time: isoTime(message.time),
    end: iso(message.end),
    model,
    tokens:
      tokens === null
        ? null
        : {
            input: tokens.input,
            output: tokens.output,
            reasoning: tokens.reasoning,
            cache_read: tokens.cacheRead,
            cache_write: tokens.cacheWrite,
          },
    cost,
    reverted,
    parts: message.parts.map(partToJson),
  };
}

function partToJson(part: TranscriptPart): unknown {
  switch (part.kind) {
    case 'thinking':
      return { kind: part.kind, id: part.id, text: part.text, start: iso(part.start), end: iso(part.end) };
    case 'tool': {
      const { kind, id, name, title, status, input, output, error, start, end, detail, attachments } = part;
      const called = { kind, id, name, title, status, start: iso(start), end: iso(end), detail: detailToJson(detail) };
      return { ...called, input: parsed(input), output, error, attachments: attachments.map(fileToJson) };
    }
    case 'attachment':
      return { kind: part.kind, id: part.id, ...fileToJson(part) };
    case 'hidden':
    case 'unknown':
      return { kind: part.kind, id: part.id, type: part.type, raw: parsed(part.raw) };
    case 'text':
    case 'subtask':
    case 'compaction':
    case 'retry':
    case 'error':
    case 'note':
      return part;
  }
}

function detailToJson(detail: ToolDetail | null): unknown {
  if (detail === null) return null;
  switch (detail.kind) {
    case 'edit': {
      const hunks = detail.hunks.map((hunk) => ({
        old_start: hunk.oldStart,
        new_start: hunk.newStart,
        old: hunk.old,
        new: hunk.new,
      }));
      return { kind: detail.kind, path: detail.path, hunks };
    }
    case 'shell':
      return { kind: detail.kind, command: detail.command, exit_code: detail.exitCode };
    case 'agent':
      return { kind: detail.kind, agent: detail.agent, task: detail.task, session_id: detail.sessionId };
  }
}

function fileToJson({ mime, name, data, place, size }: Attachment) {
  return { mime, name, data, place, size };
}

/** As a value where it is JSON still: taking secrets out may have broken it. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function iso(time: number | null): string | null {
  return time === null ? null : isoTime(time);
}

function text(value: unknown): string {
  return JSON.stringify(value, null, 1);
}
