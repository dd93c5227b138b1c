import type { Attachment, Hunk, ToolDetail, ToolPart, ToolStatus } from '../../model/transcript.ts';
import { attachmentOf } from '../attachment.ts';
import { jsonText, restText } from '../json-text.ts';
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, stringOf } from '../opencode-db/json.ts';
import { hunksOfPatch } from '../patch.ts';
import { timeOf } from './message-rules.ts';

/** A `tool` part of the generations before OpenCode 2. Null when it has no name. */
export function toolPart(id: string, data: JsonObject): ToolPart | null {
  const name = stringOf(data['tool']);
  if (name === null) return null;
  const state = isObject(data['state']) ? data['state'] : {};
  const time = isObject(state['time']) ? state['time'] : {};
  return {
    ...calledTool(id, name, state),
    output: textOf(state['output']),
    error: textOf(state['error']),
    start: timeOf(time['start']),
    end: timeOf(time['end']),
    attachments: attachmentsOf(state['attachments']),
  };
}

const STATUSES: ReadonlySet<string> = new Set(['pending', 'running', 'completed', 'error']);

type Called = Pick<ToolPart, 'kind' | 'id' | 'name' | 'title' | 'status' | 'input' | 'detail'>;

/** What every generation says alike of a call: what it was called with, and what came of it beside its output. */
export function calledTool(id: string, name: string, state: JsonObject): Called {
  const status = stringOf(state['status']) ?? '';
  const metadata = isObject(state['metadata']) ? state['metadata'] : {};
  const input = isObject(state['input']) ? state['input'] : {};
  const told = detailOf(name, input, metadata);
  const description = told?.said.includes('description') === true ? stringOf(input['description']) : null;
  return {
    kind: 'tool',
    id,
    name,
    title: description ?? stringOf(state['title']) ?? stringOf(metadata['title']) ?? '',
    status: isStatus(status) ? status : 'pending',
    input: restText(state['input'], told?.said ?? []),
    detail: told?.detail ?? null,
  };
}

function isStatus(status: string): status is ToolStatus {
  return STATUSES.has(status);
}

interface Told {
  readonly detail: ToolDetail;
  /** Fields of the input that it says. */
  readonly said: readonly string[];
}

function detailOf(name: string, input: JsonObject, metadata: JsonObject): Told | null {
  const path = stringOf(input['filePath']) ?? stringOf(input['path']) ?? '';
  switch (name) {
    case 'bash':
    case 'shell': {
      const command = stringOf(input['command']);
      if (command === null) return null;
      return {
        detail: { kind: 'shell', command, exitCode: codeOf(metadata['exit']) },
        said: ['command', 'description'],
      };
    }
    case 'edit': {
      const hunks = recorded(metadata) ?? replaced(input);
      return hunks === null
        ? null
        : { detail: { kind: 'edit', path, hunks }, said: ['filePath', 'oldString', 'newString'] };
    }
    case 'write': {
      const content = stringOf(input['content']);
      if (content === null) return null;
      const hunks = [{ oldStart: 1, newStart: 1, old: '', new: content }];
      return { detail: { kind: 'edit', path, hunks }, said: ['filePath', 'content'] };
    }
    case 'patch':
    case 'apply_patch':
    case 'multiedit': {
      const hunks = recorded(metadata);
      return hunks === null ? null : { detail: { kind: 'edit', path, hunks }, said: [] };
    }
    case 'task': {
      const agent = stringOf(input['subagent_type']) ?? stringOf(input['agent']) ?? '';
      const sessionId = stringOf(metadata['sessionId']);
      const task = stringOf(input['prompt']) ?? '';
      return { detail: { kind: 'agent', agent, task, sessionId }, said: ['subagent_type', 'prompt', 'description'] };
    }
    default:
      return null;
  }
}

function recorded(metadata: JsonObject): Hunk[] | null {
  const hunks = hunksOfPatch(stringOf(metadata['diff']) ?? '');
  return hunks.length === 0 ? null : hunks;
}

function replaced(input: JsonObject): Hunk[] | null {
  const [before, after] = [stringOf(input['oldString']), stringOf(input['newString'])];
  if (before === null && after === null) return null;
  return [{ oldStart: null, newStart: null, old: before ?? '', new: after ?? '' }];
}

function codeOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : jsonText(value);
}

function attachmentsOf(value: unknown): Attachment[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isObject)
    .map((file) =>
      attachmentOf(stringOf(file['mime']) ?? '', stringOf(file['filename']) ?? '', stringOf(file['url']) ?? ''),
    );
}
