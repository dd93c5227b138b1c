/** What is told about a place on the axis. Times are ms since 1970. */
import type { ItemKind } from '../model/item.ts';

export interface AxisSession {
  /** Its place on the axis. */
  readonly session: number;
  readonly sessionId: string;
  readonly title: string;
  readonly projectName: string;
  readonly start: number;
  /** The start where it is not known. */
  readonly end: number;
  readonly isEndKnown: boolean;
  readonly isSubagent: boolean;
  readonly messages: number;
  readonly toolCalls: number;
  /** Words in it that something is remembered by. */
  readonly marks: number;
  /** Messages this persona keeps of it. */
  readonly kept: number;
  /** The line of the conversation that was asked for; null when nothing of the session is kept. */
  readonly row: number | null;
  readonly messageId: string | null;
}

export interface AxisSessionPage {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly AxisSession[];
}

export interface AxisMark {
  readonly kind: ItemKind;
  /** Of what is remembered. */
  readonly name: string;
  /** The words. */
  readonly text: string;
  readonly time: number;
  readonly sessionId: string;
  readonly messageId: string;
  /** Of the session. */
  readonly title: string;
  /** The line of the conversation; null when the message is not kept. */
  readonly row: number | null;
}
