import type { TokenUse } from '../../model/activity.ts';
import type { Row } from './row.ts';

/** A message of a transcript: a prompt, or one reply of the model joined from its lines. */
export interface DraftMessage {
  /** Unique over all transcripts; a copy in another file has the same. */
  readonly id: string;
  readonly role: 'user' | 'assistant';
  /** Where its first line stands, counted over all lines of the session. */
  readonly place: number;
  /** The sidechain it belongs to: the id of the agent, else of one of its lines. Null for the main line. */
  readonly side: string | null;
  /** Written in this session, not copied from another one. */
  own: boolean;
  time: number | null;
  updated: number | null;
  stopped: boolean;
  readonly texts: string[];
  readonly toolTimes: (number | null)[];
  /** When the last of its tools answered, ms. */
  answered: number | null;
  /** The largest that a line of it names. */
  use: TokenUse | null;
}

/** Told of each text, instead of keeping it. */
export type TextListener = (message: DraftMessage, text: string, index: number) => void;

/** How many texts are held, in UTF-16 units, over all drafts that are open. */
export interface TextBudget {
  left: number;
}

/** Ids at least this long are made to be unique in the world; shorter ones are only within their session. */
const WORLDWIDE_ID = 20;

/** The id of a message: as written where it is unique in the world, else within its session. */
export function idOf(id: string | null, row: Pick<Row, 'sessionId'>, otherwise: string): string {
  if (id === null) return otherwise;
  return id.length >= WORLDWIDE_ID ? id : `${id}@${row.sessionId ?? otherwise}`;
}
