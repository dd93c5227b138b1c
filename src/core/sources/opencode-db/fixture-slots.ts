import type { SegmentPlan, SessionPlan } from './fixture-plan.ts';
import type { SeededRandom } from './fixture-random.ts';

/** One message to be written: who, when, and what is special about it. Times in ms. */
export interface Slot {
  readonly role: 'user' | 'assistant';
  readonly start: number;
  /** An assistant is done by then. */
  readonly end: number;
  readonly compaction: boolean;
  /** The last answer of a turn. */
  readonly closing: boolean;
  readonly child: SessionPlan | null;
}

interface DraftSlot {
  role: 'user' | 'assistant';
  work: number;
  pause: number;
  compaction: boolean;
  closing: boolean;
  child: SessionPlan | null;
}

/** Lays the messages of a segment out in time: turns of one prompt and several steps, pauses, the odd night between. */
export function segmentSlots(segment: SegmentPlan, from: number, to: number, random: SeededRandom): Slot[] {
  const drafts = turns(segment.messages, random);
  placeChildren(drafts, segment.children);
  if (segment.messages >= 60 && random.chance(0.6)) placeCompaction(drafts);
  const total = drafts.reduce((sum, { work, pause }) => sum + work + pause, 0);
  const scale = (to - from) / total;
  let passed = 0;
  return drafts.map((draft) => {
    const start = Math.floor(from + passed * scale);
    const end = Math.floor(start + draft.work * scale);
    passed += draft.work + draft.pause;
    const { role, compaction, closing, child } = draft;
    return { role, start, end, compaction, closing, child };
  });
}

function turns(messages: number, random: SeededRandom): DraftSlot[] {
  const drafts: DraftSlot[] = [];
  while (drafts.length < messages) {
    drafts.push(slot('user', 0, random.int(1, 5)));
    const steps = Math.min(messages - drafts.length, 1 + Math.floor(random.exponential(5.6)));
    for (let i = 0; i < steps; i++) drafts.push(slot('assistant', random.int(4, 40), random.int(0, 2)));
    const last = drafts.at(-1);
    if (!last) break;
    last.closing = last.role === 'assistant';
    last.pause += random.exponential(150) + (random.chance(0.03) ? random.int(3600, 40_000) : 0);
  }
  const last = drafts.at(-1);
  if (last) last.pause = 1;
  return drafts;
}

function placeChildren(drafts: DraftSlot[], children: readonly SessionPlan[]): void {
  const answers = drafts.filter(({ role }) => role === 'assistant');
  children.forEach((child, i) => {
    const parent = answers[Math.floor(((i + 0.5) * answers.length) / children.length)];
    if (!parent) throw new Error('a sub-agent without an answer to call it from');
    parent.child = child;
    parent.work += (child.segments[0]?.messages ?? 1) * 25;
  });
}

/** From the middle on, the first prompt that is followed by an answer becomes a compaction. */
function placeCompaction(drafts: DraftSlot[]): void {
  for (let i = Math.floor(drafts.length * 0.55); i + 1 < drafts.length; i++) {
    const [prompt, summary] = [drafts[i], drafts[i + 1]];
    if (prompt?.role !== 'user' || summary?.role !== 'assistant' || summary.child) continue;
    prompt.compaction = true;
    summary.compaction = true;
    return;
  }
}

function slot(role: 'user' | 'assistant', work: number, pause: number): DraftSlot {
  return { role, work, pause, compaction: false, closing: false, child: null };
}
