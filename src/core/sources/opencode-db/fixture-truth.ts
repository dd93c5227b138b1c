/** What one message is meant to say, noted by the generator as it writes it. */
export interface MessageTruth {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  /** Lower-cased, as a reader must give it. */
  readonly agent: string;
  readonly time: number;
  /** By the message text rule: plain text parts joined by a blank line, or empty. */
  readonly text: string;
  readonly toolCalls: number;
  /** A compaction summary: no persona says it. */
  readonly summary: boolean;
  readonly finished: boolean;
}

export interface SessionTruth {
  readonly id: string;
  readonly parentId: string | null;
  readonly title: string;
  readonly directory: string;
  readonly timeCreated: number;
  timeUpdated: number;
  archived: boolean;
  revertedFrom: string | null;
  user: number;
  assistant: number;
  toolCalls: number;
  /** Messages with text, and their length in UTF-16 units. */
  withText: number;
  textChars: number;
  /** {@link hashText} over `id`, newline, text, newline of every message in order. */
  textHash: string;
  /** Messages with text of each agent that is no helper of the tool. */
  readonly agents: Record<string, number>;
  /** The first five prompts, whole. */
  readonly prompts: string[];
  readonly unfinished: string[];
}

/** A session nothing is known of yet but its row. */
export function newSessionTruth(
  head: Pick<SessionTruth, 'id' | 'parentId' | 'title' | 'directory' | 'timeCreated' | 'timeUpdated'>,
): SessionTruth {
  const counts = { user: 0, assistant: 0, toolCalls: 0, withText: 0, textChars: 0, textHash: '' };
  return { ...head, archived: false, revertedFrom: null, ...counts, agents: {}, prompts: [], unfinished: [] };
}

const UTILITY = new Set(['compaction', 'title', 'summary']);

/** The known content of a history: totals, and one record a session. */
export class HistoryTruth {
  readonly sessions = new Map<string, SessionTruth>();

  session(session: SessionTruth): void {
    this.sessions.set(session.id, session);
  }

  message(sessionId: string, message: MessageTruth): void {
    const session = this.sessions.get(sessionId);
    if (!session) throw new Error(`a message of an unknown session ${sessionId}`);
    session[message.role] += 1;
    session.toolCalls += message.toolCalls;
    session.textHash = hashText(`${message.id}\n${message.text}\n`, session.textHash);
    if (!message.finished) session.unfinished.push(message.id);
    if (message.text === '') return;
    session.withText += 1;
    session.textChars += message.text.length;
    if (message.role === 'user' && session.prompts.length < 5) session.prompts.push(message.text);
    if (message.summary || UTILITY.has(message.agent)) return;
    session.agents[message.agent] = (session.agents[message.agent] ?? 0) + 1;
  }

  /** Sums over the sessions. `since`: what counts as recent, ms. */
  totals(since: number) {
    const all = [...this.sessions.values()];
    const sum = (of: (session: SessionTruth) => number) => all.reduce((total, session) => total + of(session), 0);
    return {
      sessions: all.length,
      topLevel: all.filter(({ parentId }) => parentId === null).length,
      recentSessions: all.filter(({ timeUpdated }) => timeUpdated >= since).length,
      messages: sum(({ user, assistant }) => user + assistant),
      user: sum(({ user }) => user),
      assistant: sum(({ assistant }) => assistant),
      toolCalls: sum(({ toolCalls }) => toolCalls),
      withText: sum(({ withText }) => withText),
      textTokens: Math.round(sum(({ textChars }) => textChars) / 4),
    };
  }
}

/** A quick hash of 53 bits as hex (cyrb53), carried on from `before`. */
export function hashText(text: string, before = ''): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const part of [before, text]) {
    for (let i = 0; i < part.length; i++) {
      const unit = part.charCodeAt(i);
      a = Math.imul(a ^ unit, 2654435761);
      b = Math.imul(b ^ unit, 1597334677);
    }
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16);
}
