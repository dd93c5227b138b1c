import type { Span } from '../model/span.ts';
import { overlaps } from '../model/span.ts';
import { redact } from '../redact/redact.ts';
import type { ChunkPart } from './chunks.ts';

/** A part of a message without its secrets, and the way back. */
export interface RedactedPart {
  readonly part: ChunkPart;
  readonly text: string;
  readonly secrets: number;
  /** From a stretch of `text` to the one of the whole message it stands for. */
  readonly original: (span: Span) => Span;
}

/** The whole message is looked at, so that no secret is torn at the ends of a part. */
export function redactPart(part: ChunkPart): RedactedPart {
  const whole = redact(part.message.text);
  const marks = whole.spans.map(({ mark }) => mark);
  const position = (at: number): number => {
    let shift = 0;
    for (const { start, end, mark } of whole.spans) {
      if (at <= start) break;
      if (at < end) return mark.end;
      shift = mark.end - end;
    }
    return at + shift;
  };
  // a secret that reaches over the end belongs to the part it begins in
  const from = position(part.start);
  const until = position(part.end);
  return {
    part,
    text: whole.text.slice(from, until),
    secrets: marks.filter((mark) => overlaps(mark, { start: from, end: until })).length,
    original: ({ start, end }) => whole.original({ start: start + from, end: end + from }),
  };
}
