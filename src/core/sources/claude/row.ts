import type { TokenUse } from '../../model/activity.ts';
import { isMoment } from '../moment.ts';
import type { JsonObject } from './json.ts';
import { isObject, objectOf, stringOf } from './json.ts';
import { isWrittenByPerson, shownPrompt } from './prompt-text.ts';

/** One line of a transcript, as far as a reader needs it. */
export interface Row {
  readonly kind: 'user' | 'assistant' | 'other';
  readonly uuid: string | null;
  /** The line it answers; over a compaction the one before that. */
  readonly parent: string | null;
  /** The session it was written for, which may be another than that of its file. */
  readonly sessionId: string | null;
  readonly cwd: string | null;
  /** ms since 1970 */
  readonly time: number | null;
  readonly sidechain: boolean;
  readonly agentId: string | null;
  /** The session this line was copied from, where the line says so. */
  readonly copiedFrom: string | null;
  /** Says which tool call started an agent. */
  readonly spawned: Spawned | null;
  /** What a person wrote, as it is shown; empty for a picture alone. Null when no person wrote this line. */
  readonly prompt: string | null;
  /** The task of a sidechain, on its first line. */
  readonly task: string | null;
  /** It brings an agent what its tools found. */
  readonly answers: boolean;
  readonly reply: Reply | null;
  readonly title: Title | null;
}

export interface Spawned {
  readonly agentId: string;
  readonly toolUseId: string;
}

export interface Title {
  readonly kind: 'summary' | 'custom' | 'ai';
  readonly text: string;
}

/** One line of an API reply; the lines of one reply share its id. */
export interface Reply {
  readonly id: string | null;
  readonly texts: readonly string[];
  readonly toolUses: readonly ToolUse[];
  /** False while the model was still writing, as far as this line tells. */
  readonly stopped: boolean;
  /** What it took, as far as it was known then. Only older versions recorded what it cost. */
  readonly use: TokenUse | null;
}

export interface ToolUse {
  readonly id: string | null;
  /** The type of the agent it starts, lower-cased, when it starts one. */
  readonly agentType: string | null;
  /** What that agent is told. */
  readonly task: string | null;
}

/** Below this, a time is in seconds: as milliseconds it would be in January 1970. */
const LAST_SECONDS = 1e11;
/** The tools that start an agent. */
export const AGENT_TOOLS: ReadonlySet<string> = new Set(['Task', 'Agent']);
/** What Claude Code starts when the call names no type. */
const DEFAULT_AGENT = 'general-purpose';

/** The types whose lines give a title. */
export const TITLE_TYPES: ReadonlySet<string> = new Set(['summary', 'custom-title', 'ai-title']);

/** Reads a parsed line. */
export function readRow(line: JsonObject): Row {
  const { type } = line;
  const kind = type === 'user' || type === 'assistant' ? type : 'other';
  const blocks = kind === 'other' ? [] : blocksOf(line['message']);
  const sidechain = Boolean(line['isSidechain']);
  const parent = stringOf(line['parentUuid']) ?? stringOf(line['logicalParentUuid']);
  return {
    kind,
    uuid: stringOf(line['uuid']),
    parent,
    sessionId: stringOf(line['sessionId']),
    cwd: stringOf(line['cwd']),
    time: kind === 'other' ? null : timeOf(line['timestamp']),
    sidechain,
    agentId: stringOf(line['agentId']),
    copiedFrom: stringOf(objectOf(line['forkedFrom'])['sessionId']),
    spawned: spawnedBy(line, blocks),
    prompt: kind === 'user' ? promptOf(line, blocks) : null,
    task: kind === 'user' && sidechain && parent === null ? textOfBlocks(blocks) : null,
    answers: kind === 'user' && bringsAnswers(line, blocks, sidechain && (parent ?? '') !== ''),
    reply: kind === 'assistant' ? replyOf(line['message'], blocks, amountOf(line['costUSD'])) : null,
    title: titleOf(line),
  };
}

/** ms since 1970 of a time as text, or as a number of ms or seconds. Null for what can't be one. */
export function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  if (!isMoment(time)) return null;
  return typeof value === 'number' && time < LAST_SECONDS ? time * 1000 : time;
}

function blocksOf(message: unknown): JsonObject[] {
  const content = isObject(message) ? message['content'] : null;
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) return [];
  const blocks: JsonObject[] = [];
  for (const block of content as unknown[]) {
    if (typeof block === 'string') blocks.push({ type: 'text', text: block });
    else if (isObject(block)) blocks.push(block);
  }
  return blocks;
}

function textsOf(blocks: readonly JsonObject[]): string[] {
  return blocks.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []));
}

function textOfBlocks(blocks: readonly JsonObject[]): string {
  return textsOf(blocks).join('\n\n');
}

function promptOf(line: JsonObject, blocks: readonly JsonObject[]): string | null {
  if (line['isSidechain'] || line['isMeta'] || line['isCompactSummary'] || line['isVisibleInTranscriptOnly'])
    return null;
  const result = line['toolUseResult'];
  if ((result !== undefined && result !== null) || blocks.some(({ type }) => type === 'tool_result')) return null;
  const origin = isObject(line['origin']) ? line['origin']['kind'] : line['origin'];
  if (origin !== undefined && origin !== null && origin !== 'human') return null;
  const text = textOfBlocks(blocks);
  const images = blocks.filter(({ type }) => type === 'image').length;
  return isWrittenByPerson(text, images) ? shownPrompt(text) : null;
}

function replyOf(message: unknown, blocks: readonly JsonObject[], cost: number | null): Reply {
  const toolUses = blocks.filter(({ type }) => type === 'tool_use').map(toolUseOf);
  const texts = textsOf(blocks).filter((text) => text.trim() !== '');
  const reason = objectOf(message)['stop_reason'];
  const stopped = reason !== undefined && reason !== null;
  return { id: stringOf(objectOf(message)['id']), texts, toolUses, stopped, use: useOf(objectOf(message), cost) };
}

/** What Claude Code writes in place of a model when it answers itself. */
export const NO_MODEL = '<synthetic>';

function useOf({ model, usage }: JsonObject, cost: number | null): Reply['use'] {
  if (!isObject(usage) || model === NO_MODEL) return null;
  return {
    model: stringOf(model) ?? 'unknown',
    input: countOf(usage['input_tokens']),
    output: countOf(usage['output_tokens']),
    reasoning: 0,
    cacheRead: countOf(usage['cache_read_input_tokens']),
    cacheWrite: countOf(usage['cache_creation_input_tokens']),
    cost,
  };
}

function countOf(value: unknown): number {
  return Math.round(amountOf(value) ?? 0);
}

function amountOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** @param isTold whether it is a line of an agent's that answers another one: no person writes to agents that agents started */
function bringsAnswers(line: JsonObject, blocks: readonly JsonObject[], isTold: boolean): boolean {
  const result = line['toolUseResult'];
  if (isTold || (result !== undefined && result !== null)) return true;
  if (line['isMeta'] || line['isCompactSummary'] || line['isVisibleInTranscriptOnly']) return false;
  return blocks.some(({ type }) => type === 'tool_result');
}

function toolUseOf(block: JsonObject): ToolUse {
  const id = stringOf(block['id']);
  if (typeof block['name'] !== 'string' || !AGENT_TOOLS.has(block['name'])) return { id, agentType: null, task: null };
  const input = objectOf(block['input']);
  const agentType = stringOf(input['subagent_type'])?.trim().toLowerCase() ?? DEFAULT_AGENT;
  return { id, agentType, task: stringOf(input['prompt']) };
}

function spawnedBy(line: JsonObject, blocks: readonly JsonObject[]): Spawned | null {
  const byResult = stringOf(objectOf(line['toolUseResult'])['agentId']);
  const result = byResult === null ? undefined : blocks.find(({ type }) => type === 'tool_result');
  const agentId = byResult ?? stringOf(objectOf(line['data'])['agentId']);
  const toolUseId = stringOf(result?.['tool_use_id']) ?? (byResult === null ? stringOf(line['parentToolUseID']) : null);
  return agentId === null || toolUseId === null ? null : { agentId, toolUseId };
}

function titleOf(line: JsonObject): Title | null {
  const [kind, value] =
    line['type'] === 'summary'
      ? (['summary', line['summary']] as const)
      : line['type'] === 'custom-title'
        ? (['custom', line['customTitle'] ?? line['title']] as const)
        : line['type'] === 'ai-title'
          ? (['ai', line['aiTitle'] ?? line['title']] as const)
          : (['ai', null] as const);
  const text = stringOf(value)?.trim() ?? '';
  return text === '' ? null : { kind, text };
}
