import { isAt } from './json-scan.ts';

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
} as const;
export type Name = keyof typeof INDEX;

const encoder = new TextEncoder();
/** The fields whose names are so many bytes long. */
const BY_LENGTH = Object.entries(INDEX).reduce<{ readonly index: number; readonly bytes: Uint8Array }[][]>(
  (lengths, [name, index]) => {
    (lengths[name.length] ??= []).push({ index, bytes: encoder.encode(name) });
    return lengths;
  },
  Array.from({ length: 32 }, () => []),
);
export const FIELDS = Object.keys(INDEX).length;

export const ABSENT = -1;

/** Which field the name at `start` is; ABSENT for all others. */
export function fieldAt(line: Uint8Array, start: number, end: number): number {
  const candidates = BY_LENGTH[end - start];
  if (candidates === undefined) return ABSENT;
  for (const { index, bytes } of candidates) if (isAt(line, start, bytes)) return index;
  return ABSENT;
}
