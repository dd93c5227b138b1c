import { assistantData, type MessageShape, toolStates, type ToolUse, userData } from './fixture-shapes.ts';
import { IdMaker, SeededRandom } from './fixture-random.ts';
import type { JsonObject, SessionRow, Step, TokenCounts } from './fixture-steps.ts';

export interface SessionStart {
  readonly projectId: string;
  readonly directory: string;
  readonly parentId: string | null;
  readonly title: string;
  readonly agent: string | null;
  readonly timeCreated: number;
  readonly shape: MessageShape;
}

export interface UserTurn {
  readonly at: number;
  readonly agent: string;
  /** Text, file, agent and compaction parts, as `part.data`. */
  readonly parts: readonly JsonObject[];
  readonly summary?: JsonObject;
}

export interface AssistantTurn {
  readonly start: number;
  readonly end: number;
  readonly agent: string;
  readonly reasoning?: string | undefined;
  readonly text?: string | undefined;
  readonly tools?: readonly ToolUse[];
  /** Null: still being written, or the program was killed. */
  readonly finish: 'stop' | 'tool-calls' | null;
  /** A compaction summary. */
  readonly summary?: boolean;
}

const ADJECTIVES = ['brave', 'calm', 'curious', 'eager', 'hidden', 'lucky', 'misty', 'neon', 'proud', 'quick', 'tidy'];
const NOUNS = ['cabin', 'comet', 'engine', 'falcon', 'forest', 'harbor', 'island', 'knight', 'otter', 'river', 'star'];

/** Writes one session as the tool does: a row, then part by part, each first empty and then written over as it grows. */
export class SessionScribe {
  row: SessionRow;
  readonly random: SeededRandom;
  private readonly ids: IdMaker;
  readonly shape: MessageShape;
  /** The newest prompt. */
  lastUser = '';

  constructor(start: SessionStart, seed: string) {
    this.random = new SeededRandom(seed);
    this.ids = new IdMaker(this.random);
    this.shape = start.shape;
    this.row = {
      id: this.ids.next('ses', start.timeCreated),
      slug: `${this.random.pick(ADJECTIVES)}-${this.random.pick(NOUNS)}`,
      projectId: start.projectId,
      directory: start.directory,
      parentId: start.parentId,
      title: start.title,
      agent: start.agent,
      cost: 0,
      tokens: { input: 0, output: 0, reasoning: 0, cacheRead: 0 },
      revert: null,
      timeCreated: start.timeCreated,
      timeUpdated: start.timeCreated,
      timeArchived: null,
    };
  }

  /** The session row itself. */
  open(): Step {
    return { table: 'session', at: this.row.timeCreated, fresh: true, row: this.row };
  }

  change(at: number, change: Partial<SessionRow>): Step {
    this.row = { ...this.row, ...change, timeUpdated: Math.max(this.row.timeUpdated, at) };
    return { table: 'session', at, fresh: false, row: this.row };
  }

  /** Returns the id of the message. */
  *user(turn: UserTurn): Generator<Step, string> {
    const id = this.ids.next('msg', turn.at);
    this.lastUser = id;
    const data = userData(this.shape, turn.at, turn.agent, turn.summary);
    yield this.message(id, turn.at, turn.at, true, data);
    for (const part of turn.parts) yield this.part(id, turn.at + 1, turn.at + 1, true, part);
    yield this.change(turn.at + 2, {});
    return id;
  }

  /** Returns the id of the message. */
  *assistant(turn: AssistantTurn): Generator<Step, string> {
    const id = this.ids.next('msg', turn.start);
    const tokens = this.tokens(turn);
    const draft = { shape: this.shape, turn, parent: this.lastUser, directory: this.row.directory };
    yield this.message(id, turn.start, turn.start, true, assistantData({ ...draft, done: null }));
    const snapshot = this.random.hex(40);
    const room = turn.end - turn.start;
    const at = (share: number) => turn.start + Math.max(1, Math.floor(room * share));
    yield this.part(id, at(0.02), at(0.02), true, { snapshot, type: 'step-start' });
    if (turn.reasoning !== undefined) yield* this.growing(id, at(0.05), at(0.15), 'reasoning', turn.reasoning);
    if (turn.text !== undefined) yield* this.growing(id, at(0.16), at(0.3), 'text', turn.text);
    yield* this.tools(id, at(0.31), at(0.95), turn.tools ?? []);
    if (turn.finish === null) return id;
    const cost = Math.round(tokens.input * 3 + tokens.output * 15) / 1e6;
    const reason = turn.finish;
    const finish = { reason, snapshot, type: 'step-finish', tokens: tokenJson(tokens), cost };
    yield this.part(id, at(0.96), at(0.96), true, finish);
    const edited = (turn.tools ?? []).flatMap(({ tool, input }) => (tool === 'edit' ? [input['filePath'] ?? ''] : []));
    if (edited.length > 0)
      yield this.part(id, at(0.97), at(0.97), true, { type: 'patch', hash: snapshot, files: edited });
    const done = { completed: at(0.98), cost, tokens: tokenJson(tokens), finish: turn.finish };
    yield this.message(id, turn.start, at(0.99), false, assistantData({ ...draft, done }));
    yield this.change(at(0.99), { cost: this.row.cost + cost, tokens: addTokens(this.row.tokens, tokens) });
    return id;
  }

  /** Copies a finished message of another session, as a fork does: new ids, the same times. */
  *copy(at: number, message: JsonObject, created: number, parts: readonly JsonObject[]): Generator<Step, string> {
    const id = this.ids.next('msg', at);
    if (message['role'] === 'user') this.lastUser = id;
    const data = 'parentID' in message ? { ...message, parentID: this.lastUser } : message;
    yield this.message(id, created, at, true, data);
    for (const part of parts) yield this.part(id, at, at, true, part);
    return id;
  }

  private *growing(id: string, start: number, end: number, type: 'reasoning' | 'text', text: string): Generator<Step> {
    const part = this.ids.next('prt', start);
    yield this.part(id, start, start, true, { type, text: '', time: { start } }, part);
    yield this.part(id, start, end, false, { type, text, time: { start, end } }, part);
  }

  private *tools(id: string, from: number, to: number, tools: readonly ToolUse[]): Generator<Step> {
    const room = (to - from) / Math.max(tools.length, 1);
    for (const [i, tool] of tools.entries()) {
      const start = Math.floor(from + i * room);
      const end = Math.max(start + 2, Math.floor(start + room * 0.9));
      const part = this.ids.next('prt', start);
      const states = toolStates(tool, this.ids.next('call', start), start, end);
      yield this.part(id, start, start, true, states.pending, part);
      yield this.part(id, start, start + 1, false, states.running, part);
      if (tool.inside) yield* tool.inside(start + 1, end - 1);
      if (states.ended) yield this.part(id, start, end, false, states.ended, part);
    }
  }

  private tokens(turn: AssistantTurn): TokenCounts {
    const written = (turn.text?.length ?? 0) + (turn.reasoning?.length ?? 0);
    return {
      input: this.random.int(200, 3000),
      output: Math.ceil(written / 4) + this.random.int(10, 90),
      reasoning: Math.ceil((turn.reasoning?.length ?? 0) / 4),
      cacheRead: this.random.int(2000, 60_000),
    };
  }

  private message(id: string, created: number, at: number, fresh: boolean, data: JsonObject): Step {
    return { table: 'message', at, fresh, id, sessionId: this.row.id, created, data };
  }

  private part(message: string, created: number, at: number, fresh: boolean, data: JsonObject, id?: string): Step {
    const partId = id ?? this.ids.next('prt', created);
    return { table: 'part', at, fresh, id: partId, messageId: message, sessionId: this.row.id, created, data };
  }
}

function tokenJson({ input, output, reasoning, cacheRead }: TokenCounts): JsonObject {
  return { total: input + output + cacheRead, input, output, reasoning, cache: { write: 0, read: cacheRead } };
}

function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
    cacheRead: a.cacheRead + b.cacheRead,
  };
}
