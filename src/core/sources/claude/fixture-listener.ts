/** Listens to a pass and keeps all it hears, for tests. */
import type { Problem } from '../../model/problem.ts';
import type { MessageHead, PassProgress, Reading, SessionHead, Source, TextPiece, ToolCall } from '../source.ts';

export interface HeardSession {
  readonly head: SessionHead;
  readonly messages: HeardMessage[];
}

export interface HeardMessage extends MessageHead {
  text: string;
  readonly toolCalls: number[];
}

export class Listener implements Reading {
  sessions = new Map<string, HeardSession>();
  problems: Problem[] = [];
  steps: PassProgress[] = [];
  restarts = 0;
  #messages = new Map<string, HeardMessage>();

  session(head: SessionHead): void {
    if (this.sessions.has(head.id)) throw new Error(`session ${head.id} was told twice`);
    this.sessions.set(head.id, { head, messages: [] });
  }

  message(head: MessageHead): void {
    const session = this.sessions.get(head.sessionId);
    if (session === undefined) throw new Error(`message ${head.id} came before its session`);
    if (this.#messages.has(head.id)) throw new Error(`message ${head.id} was told twice`);
    const message = { ...head, text: '', toolCalls: [] };
    this.#messages.set(head.id, message);
    session.messages.push(message);
  }

  text(piece: TextPiece): void {
    const message = this.#messages.get(piece.messageId);
    if (message === undefined) throw new Error(`text ${piece.partId} came before its message`);
    message.text = message.text === '' ? piece.text : `${message.text}\n\n${piece.text}`;
  }

  toolCall(call: ToolCall): void {
    this.#messages.get(call.messageId)?.toolCalls.push(call.time);
  }

  problem(problem: Problem): void {
    this.problems.push(problem);
  }

  progress(progress: PassProgress): void {
    this.steps.push(progress);
  }

  restart(): void {
    this.restarts++;
    this.sessions = new Map();
    this.#messages = new Map();
    this.problems = [];
    this.steps = [];
  }
}

const NEVER = new AbortController().signal;

/** Reads all of a source, or some sessions of it. */
export async function listenTo(source: Source, wanted: ReadonlySet<string> | 'all' = 'all'): Promise<Listener> {
  const listener = new Listener();
  await source.read(wanted, listener, NEVER);
  return listener;
}
