import type { Row } from './row.ts';

/** ms since 1970 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function joinSpans(a: Span | undefined, b: Span): Span {
  return a === undefined ? b : { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Sub-agents that older versions wrote into the file of the session: each is one chain of lines. */
export class Sidechains {
  readonly #parents = new Map<string, string | null>();
  readonly #roots = new Map<string, string>();
  readonly #tasks = new Map<string, string>();
  readonly #spans = new Map<string, Span>();

  add({ uuid, parent, agentId, task, time }: Pick<Row, 'uuid' | 'parent' | 'agentId' | 'task' | 'time'>): void {
    const key = agentId ?? uuid;
    if (key !== null && time !== null)
      this.#spans.set(key, joinSpans(this.#spans.get(key), { start: time, end: time }));
    if (task !== null && key !== null) this.#tasks.set(key, task);
    if (agentId === null && uuid !== null) this.#parents.set(uuid, parent);
  }

  /**
   * The sidechain a message belongs to: the id of its agent, else of the first line of its chain. Ask when all lines are known.
   *
   * @param side the id of the agent, or of one line of the chain
   */
  rootOf(side: string): string {
    const path: string[] = [];
    const seen = new Set<string>();
    let at = side;
    for (;;) {
      const known = this.#roots.get(at);
      const parent = this.#parents.get(at) ?? null;
      path.push(at);
      seen.add(at);
      if (known !== undefined) at = known;
      if (known !== undefined || parent === null || !this.#parents.has(parent) || seen.has(parent)) break;
      at = parent;
    }
    for (const uuid of path) this.#roots.set(uuid, at);
    return at;
  }

  /** Earliest and latest time of each sidechain's user and assistant lines. */
  spans(): Map<string, Span> {
    const spans = new Map<string, Span>();
    for (const [key, span] of this.#spans) {
      const root = this.rootOf(key);
      spans.set(root, joinSpans(spans.get(root), span));
    }
    return spans;
  }

  /** What the agent of a sidechain was told. */
  taskOf(root: string): string | null {
    return this.#tasks.get(root) ?? null;
  }
}
