import type { Attachment, Hunk, ToolDetail, ToolPart } from '../../model/transcript.ts';
import { jsonText, restText } from '../json-text.ts';
import { hunkOf } from '../patch.ts';
import type { JsonObject } from './json.ts';
import { isObject, objectOf, stringOf } from './json.ts';
import { agentSessionId } from './listing.ts';
import { AGENT_TOOLS } from './row.ts';
import { sourceOf } from './transcript-source.ts';

/** What came of a call. */
export interface ToolResult {
  /** The `tool_result`, as the model got it. */
  readonly block: JsonObject;
  /** What Claude Code noted of it for itself. */
  readonly noted: unknown;
  /** ms */
  readonly time: number | null;
}

/** @param use the `tool_use` */
export function toolPart(
  id: string,
  name: string,
  use: JsonObject,
  result: ToolResult | null,
  sideOf: (task: string) => string | null,
): ToolPart {
  const input = objectOf(use['input']);
  const isError = result?.block['is_error'] === true;
  const output = outputOf(result);
  const told = detailOf(name, input, result, output, isError, sideOf);
  return {
    kind: 'tool',
    id,
    name,
    title: stringOf(input['description']) ?? '',
    status: result === null ? 'pending' : isError ? 'error' : 'completed',
    input: restText(use['input'], [...(told?.said ?? []), 'description']),
    output: isError ? '' : output,
    error: isError ? output : '',
    start: null,
    end: result?.time ?? null,
    detail: told?.detail ?? null,
    attachments: attachmentsOf(result),
  };
}

function outputOf(result: ToolResult | null): string {
  const content = result?.block['content'];
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return jsonText(content);
  const texts = content.flatMap((block: unknown) => {
    if (typeof block === 'string') return [block];
    const data = objectOf(block);
    if (data['type'] === 'image' || data['type'] === 'document') return [];
    return [typeof data['text'] === 'string' ? data['text'] : jsonText(block)];
  });
  return texts.join('\n\n');
}

function attachmentsOf(result: ToolResult | null): Attachment[] {
  const content = result?.block['content'];
  if (!Array.isArray(content)) return [];
  return content
    .filter(isObject)
    .filter(({ type }) => type === 'image' || type === 'document')
    .map(sourceOf);
}

interface Told {
  readonly detail: ToolDetail;
  /** Fields of the input that it says. */
  readonly said: readonly string[];
}

function detailOf(
  name: string,
  input: JsonObject,
  result: ToolResult | null,
  output: string,
  isError: boolean,
  sideOf: (task: string) => string | null,
): Told | null {
  const path = stringOf(input['file_path']) ?? '';
  const noted = objectOf(result?.noted);
  if (AGENT_TOOLS.has(name)) return agentDetail(input, noted, sideOf);
  switch (name) {
    case 'Bash': {
      const command = stringOf(input['command']);
      if (command === null) return null;
      return { detail: { kind: 'shell', command, exitCode: exitCode(output, isError, result) }, said: ['command'] };
    }
    case 'Edit':
    case 'MultiEdit': {
      const hunks = patched(noted['structuredPatch']) ?? replacements(input);
      const said = ['file_path', 'old_string', 'new_string', 'edits'];
      return hunks.length === 0 ? null : { detail: { kind: 'edit', path, hunks }, said };
    }
    case 'Write': {
      const content = stringOf(input['content']);
      if (content === null) return null;
      const old = stringOf(noted['originalFile']) ?? '';
      const hunks = [{ oldStart: 1, newStart: 1, old, new: content }];
      return { detail: { kind: 'edit', path, hunks }, said: ['file_path', 'content'] };
    }
    default:
      return null;
  }
}

function agentDetail(input: JsonObject, noted: JsonObject, sideOf: (task: string) => string | null): Told {
  const task = stringOf(input['prompt']) ?? '';
  const agentId = stringOf(noted['agentId']);
  const sessionId = agentId === null ? sideOf(task) : agentSessionId(agentId);
  const agent = stringOf(input['subagent_type']) ?? '';
  return { detail: { kind: 'agent', agent, task, sessionId }, said: ['prompt', 'subagent_type'] };
}

/** Told only when it failed: a command that succeeded is one of which nothing is told. */
function exitCode(output: string, isError: boolean, result: ToolResult | null): number | null {
  const told = /^Exit code (\d+)/.exec(output)?.[1];
  if (isError && told !== undefined) return Number(told);
  const isOver = result !== null && !isError && objectOf(result.noted)['backgroundTaskId'] === undefined;
  return isOver && isObject(result.noted) && result.noted['interrupted'] === false ? 0 : null;
}

function patched(value: unknown): Hunk[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.filter(isObject).map((hunk) => {
    const lines = Array.isArray(hunk['lines']) ? hunk['lines'].filter((line) => typeof line === 'string') : [];
    return hunkOf(numberOf(hunk['oldStart']), numberOf(hunk['newStart']), lines);
  });
}

function replacements(input: JsonObject): Hunk[] {
  const edits = Array.isArray(input['edits']) ? input['edits'].filter(isObject) : [input];
  return edits.flatMap((edit) => {
    const [before, after] = [edit['old_string'], edit['new_string']];
    if (typeof before !== 'string' && typeof after !== 'string') return [];
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return [{ oldStart: null, newStart: null, old: text(before), new: text(after) }];
  });
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
