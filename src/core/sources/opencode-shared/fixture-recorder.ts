/** For tests: keeps what a pass tells, and the order in which it came. */
import type { Problem } from '../../model/problem.ts';
import { toTranscript } from '../opencode-db/transcript.ts';
import type { MessageHead, Reading, SessionHead, SourceMessage, TextPiece, ToolCall } from '../source.ts';

export class Recorder implements Reading {
  sessions: SessionHead[] = [];
  heads: MessageHead[] = [];
  pieces: TextPiece[] = [];
  calls: ToolCall[] = [];
  problems: Problem[] = [];
  steps: { done: number; total: number }[] = [];
  order: string[] = [];

  session(head: SessionHead): void {
    this.sessions.push(head);
    this.order.push(`session ${head.id}`);
  }

  message(head: MessageHead): void {
    this.heads.push(head);
    this.order.push(`message ${head.sessionId} ${head.id}`);
  }

  text(piece: TextPiece): void {
    this.pieces.push(piece);
    this.order.push(`text ${piece.partId}`);
  }

  toolCall(call: ToolCall): void {
    this.calls.push(call);
    this.order.push(`call ${call.messageId}`);
  }

  problem(found: Problem): void {
    this.problems.push(found);
  }

  progress(step: { done: number; total: number }): void {
    this.steps.push(step);
  }

  restart(): void {
    throw new Error('a folder is never read again from the start: single files are');
  }

  /** The messages of a session as the pass gave them. */
  transcript(sessionId: string): SourceMessage[] {
    return toTranscript(
      this.heads.filter((head) => head.sessionId === sessionId),
      this.pieces.filter((piece) => piece.sessionId === sessionId),
      null,
    );
  }
}
