import { encodeEntries } from '../activity/entries.ts';
import type { AgentShare, CatalogRow, SessionTimes, SessionType, Tool, Watch } from '../model/agent-session.ts';
import type { SessionActivity } from '../model/activity.ts';
import { READING } from '../model/activity.ts';
import { projectName } from '../catalog/project-name.ts';
import type { CatalogChange } from '../catalog/catalog.ts';
import type { SessionHead } from '../sources/source.ts';
import { byTimeThenId } from '../state/records.ts';
import { FirstBy } from './first-by.ts';
import type { MessageNote } from './message-note.ts';
import { catalogPrompt, PROMPTS_KEPT } from './prompts.ts';
import type { Said } from './said.ts';
import { encodeSaid } from './said.ts';

/** Moments kept of a session's prompts and tool calls. */
export const USER_TIMES_KEPT = 1_000;
export const TOOL_TIMES_KEPT = 5_000;

/** OpenCode names the copy `<title> (fork #1)`; that counts where the store itself does not say. */
const FORK_TITLE = /\(fork #\d+\)$/;

/** What an import remembers of one session while it reads. */
export class SessionNote {
  /** Told better by some formats while the session is read. */
  head: SessionHead;
  readonly notes: MessageNote[] = [];
  /** The first prompts, by time. */
  readonly prompts = new FirstBy<MessageNote>(PROMPTS_KEPT, byTimeThenId);
  readonly toolTimes: number[] = [];
  /** That answered in it: what its messages took is written by their places here. */
  readonly models: string[];
  /** Only what came after an earlier reading was told. */
  isContinued = false;
  /** Messages told at that reading, and not again. */
  earlier = 0;

  constructor(head: SessionHead, models: string[] = []) {
    this.head = head;
    this.models = models;
  }

  get messageCount(): number {
    return this.earlier + this.notes.length;
  }

  /** How many messages changed after `time`. */
  changedAfter(time: number): number {
    return this.notes.reduce((count, note) => (note.updated > time ? count + 1 : count), 0);
  }

  unfinishedIds(): string[] {
    return this.notes.filter((note) => !note.finished).map((note) => note.id);
  }

  /** The catalog row and the moments of this session, by the table in docs/formats.md. */
  toChange(source: Tool, store: string, watch: Watch | null, offered: boolean): Required<CatalogChange> {
    const { head, notes } = this;
    const lastTime = notes.reduce((last, note) => Math.max(last, note.time), head.timeUpdated);
    const prompts = this.prompts.entries.map((note) => catalogPrompt(note.text()));
    const row: CatalogRow = {
      sessionId: head.id,
      source,
      parentSessionId: head.parentId,
      sessionType: head.type ?? (head.parentId === null ? 'user' : 'subagent'),
      projectPath: head.directory,
      projectName: projectName(head.directory),
      startTime: head.timeCreated,
      endTime: lastTime > head.timeCreated ? lastTime : null,
      messageCount: notes.length,
      assistantMessageCount: notes.filter((note) => note.role === 'assistant').length,
      toolCallCount: this.toolTimes.length,
      summary: head.title,
      startingPrompt: prompts[0] ?? null,
      userPrompts: prompts,
      store,
      sourceUpdated: head.timeUpdated,
      sourceVersion: head.version ?? null,
      readThrough: notes.reduce((last, note) => Math.max(last, note.updated), 0),
      archived: head.archived,
      fork: head.fork ?? FORK_TITLE.test(head.title),
      agents: agentShares(notes),
      watch,
      offered,
      reading: READING,
    };
    return { row, times: this.#times(), activity: this.#activity(row.sessionType) };
  }

  /** Who was at work when. In sessions nobody opened there are no prompts of a person. */
  #activity(sessionType: SessionType): SessionActivity {
    const counted = this.notes.filter((note) => note.role === 'assistant' || (note.isPrompt && sessionType === 'user'));
    const entries = counted.map(({ id, key, role, agent, time, end, runs, use }) => {
      return { key: role === 'user' ? id : key, role, agent, time, end, runs, use };
    });
    return encodeEntries(this.head.id, entries, this.models);
  }

  /** What was told of it, in order. */
  said(): Said[] {
    return this.notes.toSorted(byTimeThenId);
  }

  #said(): Pick<SessionTimes, 'said'> {
    const index = encodeSaid(this.said());
    return index === null ? {} : { said: [index] };
  }

  #times(): SessionTimes {
    const userMessages = this.notes.filter((note) => note.role === 'user').map((note) => note.time);
    return {
      sessionId: this.head.id,
      userMessages: userMessages.sort(ascending).slice(0, USER_TIMES_KEPT),
      toolCalls: firstAndLast(this.toolTimes.sort(ascending), TOOL_TIMES_KEPT),
      ...this.#said(),
    };
  }
}

/** How much each agent said that a persona may keep. */
export function agentShares(notes: readonly Pick<Said, 'agent' | 'time' | 'hasText' | 'forPersona'>[]): AgentShare[] {
  const shares = new Map<string, AgentShare>();
  for (const { forPersona, hasText, agent, time } of notes) {
    if (!forPersona || !hasText) continue;
    const share = shares.get(agent) ?? { agent, messages: 0, firstTime: time, lastTime: time };
    shares.set(agent, {
      agent,
      messages: share.messages + 1,
      firstTime: Math.min(share.firstTime, time),
      lastTime: Math.max(share.lastTime, time),
    });
  }
  return [...shares.values()].sort((a, b) => (a.agent < b.agent ? -1 : 1));
}

/** The first `count` of them, and the last one. */
export function firstAndLast(times: readonly number[], count: number): number[] {
  const last = times.at(-1);
  return times.length <= count || last === undefined ? [...times] : [...times.slice(0, count), last];
}

export function ascending(a: number, b: number): number {
  return a - b;
}
