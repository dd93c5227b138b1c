import type { AssistantTurn } from './fixture-scribe.ts';
import type { JsonObject, Step } from './fixture-steps.ts';

/** How a program of that time wrote messages; old rows stay as they are. `mode-only` (before 1.1) has no `agent`. */
export type MessageShape = '1.18' | '1.2' | 'mode-only';

export interface ToolUse {
  readonly tool: string;
  readonly input: JsonObject;
  readonly output: string;
  readonly title: string;
  readonly metadata: JsonObject;
  readonly attachments?: readonly JsonObject[];
  /** completed is the default; `running`: the program died before it ended. */
  readonly status?: 'completed' | 'error' | 'running';
  /** What happens while it runs: the session of a sub-agent. */
  readonly inside?: (from: number, to: number) => Iterable<Step>;
}

interface AssistantDraft {
  readonly shape: MessageShape;
  readonly turn: AssistantTurn;
  readonly parent: string;
  readonly directory: string;
  readonly done: {
    readonly completed: number;
    readonly cost: number;
    readonly tokens: JsonObject;
    readonly finish: string;
  } | null;
}

const MODELS = { build: 'claude-sonnet-5', plan: 'claude-opus-4-8' } as const;
const NO_TOKENS = { input: 0, output: 0, reasoning: 0, cache: { read: 0, write: 0 } };

export function userData(shape: MessageShape, at: number, agent: string, summary?: JsonObject): JsonObject {
  const data: JsonObject = { role: 'user', time: { created: at } };
  if (shape === 'mode-only') return summary ? { ...data, summary } : data;
  const model = { providerID: 'anthropic', modelID: modelOf(agent) };
  if (shape === '1.2') return { ...data, ...(summary && { summary }), agent, model };
  return { ...data, agent, model, summary: summary ?? { diffs: [] } };
}

export function assistantData({ shape, turn, parent, directory, done }: AssistantDraft): JsonObject {
  const { agent } = turn;
  const time = done ? { created: turn.start, completed: done.completed } : { created: turn.start };
  const head = { parentID: parent, role: 'assistant' };
  const who = shape === 'mode-only' ? { mode: agent } : { mode: agent, agent };
  const model = { modelID: modelOf(agent), providerID: 'anthropic' };
  const path = { cwd: directory, root: directory };
  const spent = { cost: done?.cost ?? 0, tokens: done?.tokens ?? NO_TOKENS };
  const summary = turn.summary ? { summary: true } : {};
  const finish = done ? { finish: done.finish } : {};
  if (shape === '1.18') return { ...head, ...who, ...summary, path, ...spent, ...model, time, ...finish };
  return { role: 'assistant', time, parentID: parent, ...model, ...who, path, ...summary, ...spent, ...finish };
}

/** The three states of a tool part. In a task the keys come in another order, as they do in real stores. */
export function toolStates(use: ToolUse, callID: string, start: number, end: number) {
  const head =
    use.tool === 'task' ? { type: 'tool', callID, tool: use.tool } : { type: 'tool', tool: use.tool, callID };
  const { input, output, title, metadata } = use;
  const time = { start, end };
  const completed = { status: 'completed', input, output, metadata, title, time };
  const attachments = use.attachments ? { attachments: use.attachments } : {};
  const failed = { status: 'error', input, error: output, time };
  const ended = use.status === 'error' ? failed : { ...completed, ...attachments };
  return {
    pending: { ...head, state: { status: 'pending', input: {}, raw: '' } },
    running: { ...head, state: { status: 'running', input, time: { start } } },
    ended: use.status === 'running' ? null : { ...head, state: ended },
  };
}

function modelOf(agent: string): string {
  return agent === 'plan' ? MODELS.plan : MODELS.build;
}
