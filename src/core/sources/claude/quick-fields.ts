import { isAt } from '../is-at.ts';

/** The fields of a line that decide what it is, numbered. */
export const INDEX = {
  type: 0,
  uuid: 1,
  parentUuid: 2,
  logicalParentUuid: 3,
  sessionId: 4,
  cwd: 5,
  timestamp: 6,
  isSidechain: 7,
  isMeta: 8,
  isCompactSummary: 9,
  isVisibleInTranscriptOnly: 10,
  toolUseResult: 11,
  agentId: 12,
  forkedFrom: 13,
  data: 14,
  parentToolUseID: 15,
  message: 16,
  costUSD: 17,
} as const;
export type Name = keyof typeof INDEX;

const encoder = new TextEncoder();
const NAMES = Object.keys(INDEX).map((name) => encoder.encode(name));
export const FIELDS = NAMES.length;

export const ABSENT = -1;

const LONGEST = 32;
/** No two of the names are as long as each other and begin with the same letter. */
const BY_LENGTH_AND_LETTER = new Int8Array(LONGEST * 256).fill(ABSENT);
NAMES.forEach((name, index) => {
  BY_LENGTH_AND_LETTER[name.length * 256 + (name[0] ?? 0)] = index;
});

/** Which field the name at `start` is; ABSENT for all others. */
export function fieldAt(line: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length <= 0 || length >= LONGEST) return ABSENT;
  const index = BY_LENGTH_AND_LETTER[length * 256 + (line[start] ?? 0)] ?? ABSENT;
  const name = index === ABSENT ? undefined : NAMES[index];
  return name !== undefined && isAt(line, start, name) ? index : ABSENT;
}
