/**
 * Which agent a prompt of OpenCode 2 was said to. User rows do not name it: it is the one that answered next, unless the
 * agent was switched before that; then the one that was in force. Why, see EVIDENCE.md.
 *
 * Rows come in the order of the file, so prompts wait until all rows of the pass were seen. Their texts do not.
 */
import type { MessageHead } from '../source.ts';
import { stringOf } from './json.ts';

const DEFAULT_AGENT = 'build';

interface Mark {
  readonly place: number;
  readonly agent: string;
  /** False: the agent was switched to this one. */
  readonly answers: boolean;
}

interface WaitingHead extends MessageHead {
  readonly seq: number;
}

export class AgentsInForce {
  readonly #marks = new Map<string, Mark[]>();
  readonly #waiting = new Map<string, WaitingHead[]>();

  /** An answer of this agent stands at this place of the session. */
  answered(sessionId: string, place: number, agent: string): void {
    push(this.#marks, sessionId, { place, agent, answers: true });
  }

  /** From this place on another agent is in force. */
  switched(sessionId: string, place: number, agent: string): void {
    push(this.#marks, sessionId, { place, agent, answers: false });
  }

  /** A prompt that does not name its agent. */
  wait(head: WaitingHead): void {
    push(this.#waiting, head.sessionId, head);
  }

  /**
   * To be called when all rows were seen: gives the prompts that waited, each with its agent.
   *
   * @param sessionAgent the agent a session names itself, asked where no row of it tells
   */
  *settle(sessionAgent: (sessionId: string) => string | null): Generator<MessageHead> {
    for (const [sessionId, heads] of this.#waiting) {
      const marks = (this.#marks.get(sessionId) ?? []).sort(byPlace);
      const usual = marks.length === 0 ? sessionAgent(sessionId) : null;
      let next = 0;
      for (const head of heads.sort((a, b) => a.seq - b.seq)) {
        while (isBefore(marks[next], head.seq)) next++;
        yield { ...head, agent: agentAt(marks, next) ?? usual ?? DEFAULT_AGENT };
      }
    }
    this.#waiting.clear();
    this.#marks.clear();
  }
}

/** An agent's name as it counts: lower-cased; null for none. */
export function agentName(value: unknown): string | null {
  const name = stringOf(value)?.trim().toLowerCase();
  return name === undefined || name === '' ? null : name;
}

/** @param next the first mark after the prompt */
function agentAt(marks: readonly Mark[], next: number): string | null {
  const after = marks[next];
  if (after?.answers === true) return after.agent;
  const before = marks[next - 1];
  if (before !== undefined) return before.agent;
  return marks.find((mark) => mark.answers)?.agent ?? null;
}

/** Where places are times, a switch and the prompt it came with have the same. */
function isBefore(mark: Mark | undefined, place: number): boolean {
  return mark !== undefined && (mark.place < place || (mark.place === place && !mark.answers));
}

function byPlace(a: Mark, b: Mark): number {
  return a.place - b.place || Number(a.answers) - Number(b.answers);
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
