import type { ContentMaker } from './fixture-content.ts';
import { FinishedMessages } from './fixture-fork.ts';
import type { HistorySpec, SegmentPlan, SessionPlan } from './fixture-plan.ts';
import { SeededRandom } from './fixture-random.ts';
import { SessionScribe } from './fixture-scribe.ts';
import type { MessageShape, ToolUse } from './fixture-shapes.ts';
import { segmentSlots, type Slot } from './fixture-slots.ts';
import type { Step } from './fixture-steps.ts';
import { type HistoryTruth, newSessionTruth, type SessionTruth } from './fixture-truth.ts';

export interface SessionPlace {
  readonly projectId: string;
  readonly directory: string;
}

/** What all sessions of a history share. */
export interface Studio {
  readonly spec: HistorySpec;
  readonly content: ContentMaker;
  readonly places: readonly SessionPlace[];
}

/** A sub-agent: who called it, and what it was called for. */
interface Call {
  readonly parent: SessionScribe;
  readonly agent: string;
  readonly description: string;
  readonly place: SessionPlace;
}

/** Who is spoken to in a session. The custom agent is spelled with a capital: readers lower-case it. */
const CASTS = [['build'], ['build'], ['plan', 'build'], ['build'], ['Reviewer'], ['plan']] as const;
const SUB_AGENTS = ['general', 'general', 'explore'] as const;

/** Writes one planned session. The same plan gives the same rows, however often it is written. */
export class SessionAuthor {
  private readonly studio: Studio;
  private readonly plan: SessionPlan;
  private readonly truth: HistoryTruth;
  private readonly call: Call | null;
  private readonly random: SeededRandom;
  private readonly place: SessionPlace;
  private readonly scribe: SessionScribe;

  constructor(studio: Studio, plan: SessionPlan, truth: HistoryTruth, call: Call | null = null) {
    this.studio = studio;
    this.plan = plan;
    this.truth = truth;
    this.call = call;
    this.random = new SeededRandom(`${studio.spec.seed} content ${plan.index}`);
    this.place = call?.place ?? placeOf(studio, plan);
    this.scribe = this.newScribe();
  }

  get sessionId(): string {
    return this.scribe.row.id;
  }

  *steps(): Generator<Step> {
    const { plan, scribe } = this;
    const notes = this.note();
    yield scribe.open();
    if (plan.copies) yield* this.copy(plan.copies.of, plan.copies.count);
    for (const segment of plan.segments) yield* this.segment(segment);
    yield* this.ending();
    notes.timeUpdated = scribe.row.timeUpdated;
    notes.archived = scribe.row.timeArchived !== null;
    notes.revertedFrom = scribe.row.revert ? scribe.lastUser : null;
  }

  /** A sub-agent's session, between two moments of its caller. */
  *stepsBetween(from: number, to: number): Generator<Step> {
    const { plan, scribe } = this;
    scribe.row = { ...scribe.row, timeCreated: from, timeUpdated: from };
    const notes = this.note();
    yield scribe.open();
    const messages = plan.segments[0]?.messages ?? 0;
    yield* this.segment({ start: from + 1, end: to, messages, children: [] });
    notes.timeUpdated = scribe.row.timeUpdated;
  }

  private *segment(segment: SegmentPlan): Generator<Step> {
    const slots = segmentSlots(segment, segment.start, segment.end, this.random);
    const isLast = segment === this.plan.segments.at(-1);
    const cast = CASTS[this.plan.index % CASTS.length] ?? CASTS[0];
    for (const [i, slot] of slots.entries()) {
      const speaker = this.call?.agent ?? cast[i < slots.length / 2 ? 0 : cast.length - 1] ?? 'build';
      const dies = this.plan.unfinished && isLast && i === slots.length - 1;
      if (slot.role === 'user') yield* this.prompt(slot, speaker);
      else yield* this.answer(slot, speaker, dies);
    }
  }

  private *prompt(slot: Slot, speaker: string): Generator<Step> {
    const { scribe } = this;
    const compaction = { parts: [{ type: 'compaction', auto: true }], text: '' };
    const prompt = slot.compaction ? compaction : this.studio.content.prompt(this.random);
    const id = yield* scribe.user({ ...prompt, at: slot.start, agent: speaker });
    // Before 1.1 only answers say which agent they are of; a prompt without one counts for `build`.
    const agent = scribe.shape === 'mode-only' ? 'build' : speaker.toLowerCase();
    const said = { id, role: 'user', agent, time: slot.start, text: prompt.text } as const;
    this.truth.message(this.sessionId, { ...said, toolCalls: 0, summary: false, finished: true });
  }

  private *answer(slot: Slot, speaker: string, dies: boolean): Generator<Step> {
    const { content } = this.studio;
    const agent = slot.compaction ? 'compaction' : speaker;
    const used = slot.compaction ? [] : content.tools(this.random);
    if (slot.child) used.push(this.task(slot.child));
    const text = slot.compaction ? content.summary(this.random) : content.answer(this.random, slot.closing);
    const id = yield* this.scribe.assistant({
      agent,
      text,
      reasoning: content.reasoning(this.random),
      tools: dies ? used.map(stopped) : used,
      start: slot.start,
      end: Math.max(slot.end, slot.start + 100),
      summary: slot.compaction,
      finish: dies ? null : slot.closing ? 'stop' : 'tool-calls',
    });
    const said = { id, role: 'assistant', agent: agent.toLowerCase(), time: slot.start, text: text ?? '' } as const;
    const more = { toolCalls: used.length, summary: slot.compaction, finished: !dies };
    this.truth.message(this.sessionId, { ...said, ...more });
  }

  /** A call of a sub-agent: its session is written while the call runs. */
  private task(plan: SessionPlan): ToolUse {
    const description = this.studio.content.title(this.random);
    const agent = SUB_AGENTS[plan.index % SUB_AGENTS.length] ?? 'general';
    const call = { parent: this.scribe, agent, description, place: this.place };
    const child = new SessionAuthor(this.studio, plan, this.truth, call);
    const output = `<task id="${child.sessionId}" state="completed">\n<task_result>\nDone.\n</task_result>\n</task>`;
    const metadata = { parentSessionId: this.sessionId, sessionId: child.sessionId, truncated: false };
    const input = { description, prompt: description, subagent_type: agent };
    const inside = (from: number, to: number) => child.stepsBetween(from, to);
    return { tool: 'task', input, output, title: description, metadata, inside };
  }

  /** A fork: the first messages of another session, written again as they ended up. */
  private *copy(of: SessionPlan, count: number): Generator<Step> {
    const finished = new FinishedMessages(count);
    const original = new SessionAuthor(this.studio, of, finished.truth);
    finished.read(original.sessionId, original.steps());
    let at = this.scribe.row.timeCreated + 10;
    for (const { data, created, parts, said } of finished.messages()) {
      const id = yield* this.scribe.copy(at, data, created, parts);
      this.truth.message(this.sessionId, { ...said, id });
      at += 10;
    }
  }

  private *ending(): Generator<Step> {
    const { plan, scribe, random } = this;
    const at = scribe.row.timeUpdated + 5;
    if (plan.reverted) {
      const diff = this.studio.content.diff(random);
      yield scribe.change(at, { revert: { messageID: scribe.lastUser, snapshot: random.hex(40), diff } });
    }
    if (plan.archived) yield scribe.change(at + 5, { timeArchived: at + 5 });
  }

  private newScribe(): SessionScribe {
    const { plan, call, place, studio } = this;
    const cast = CASTS[plan.index % CASTS.length] ?? CASTS[0];
    const agent = plan.kind === 'empty' ? null : (call?.agent ?? cast[cast.length - 1] ?? null);
    const title = call ? `${call.description} (@${call.agent} subagent)` : titleOf(studio, plan);
    const parentId = call?.parent.row.id ?? null;
    const timeCreated = call?.parent.row.timeCreated ?? plan.start;
    const start = { ...place, parentId, title, agent, timeCreated, shape: shapeOf(studio, plan) };
    return new SessionScribe(start, `${studio.spec.seed} scribe ${plan.index}`);
  }

  private note(): SessionTruth {
    const { id, parentId, title, directory, timeCreated } = this.scribe.row;
    const head = { id, parentId, title, directory, timeCreated, timeUpdated: timeCreated };
    const session = newSessionTruth(head);
    this.truth.session(session);
    return session;
  }
}

function placeOf({ places }: Studio, { index }: SessionPlan): SessionPlace {
  const place = places[index % places.length];
  if (!place) throw new Error('a history needs a project');
  return place;
}

function titleOf(studio: Studio, plan: SessionPlan): string {
  if (plan.copies) return `${titleOf(studio, plan.copies.of)} (fork #1)`;
  if (plan.kind === 'empty') return `New session - ${new Date(plan.start).toISOString()}`;
  return studio.content.title(new SeededRandom(`${studio.spec.seed} title ${plan.index}`));
}

/** Old rows have the shape of their time. */
function shapeOf({ spec }: Studio, plan: SessionPlan): MessageShape {
  const age = (spec.now - plan.start) / (spec.days * 86_400_000);
  if (age > 0.6) return plan.index % 9 === 5 ? 'mode-only' : '1.2';
  return '1.18';
}

/** The program was killed while a tool ran. */
function stopped(use: ToolUse): ToolUse {
  return use.inside ? use : { ...use, status: 'running' };
}
