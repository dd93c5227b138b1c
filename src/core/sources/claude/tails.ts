/** What a source remembers of its transcripts between imports. Bounded: those that grow are among the newest. */
import * as v from 'valibot';
import type { KnownSession } from './known-session.ts';
import { KnownSessionSchema } from './known-session.ts';

const SCHEMA = 1;
const MOST_SESSIONS = 500;
const MOST_CHARACTERS = 2_000_000;

const Memory = v.object({ schema: v.literal(SCHEMA), sessions: v.array(KnownSessionSchema) });

export class Tails {
  readonly #known: Map<string, KnownSession>;

  private constructor(known: readonly KnownSession[]) {
    this.#known = new Map(known.map((each) => [each.sessionId, each]));
  }

  /** What can't be read is forgotten: all is read whole then. */
  static decode(text: string | undefined): Tails {
    const parsed = v.safeParse(Memory, text === undefined ? null : parseText(text));
    return new Tails(parsed.success ? parsed.output.sessions : []);
  }

  get(sessionId: string): KnownSession | null {
    return this.#known.get(sessionId) ?? null;
  }

  /** @param known null: nothing can be remembered of it */
  set(sessionId: string, known: KnownSession | null): void {
    if (known === null) this.#known.delete(sessionId);
    else this.#known.set(sessionId, known);
  }

  encode(): string {
    const newest = [...this.#known.values()].sort(
      (a, b) => b.modified - a.modified || (a.sessionId < b.sessionId ? -1 : 1),
    );
    const kept: string[] = [];
    let characters = 0;
    for (const known of newest.slice(0, MOST_SESSIONS)) {
      const text = JSON.stringify(known);
      characters += text.length;
      if (characters <= MOST_CHARACTERS) kept.push(text);
    }
    return `{"schema":${SCHEMA},"sessions":[${kept.join(',')}]}`;
  }
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
