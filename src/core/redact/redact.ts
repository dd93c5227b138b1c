/**
 * Takes secrets out of a text before it leaves: for a remote model, for an export.
 *
 * Contract:
 * - Each secret becomes `[redacted:<kind>]`; the rest of the text stays as it is, in its order.
 * - What was redacted once is not changed by being redacted again.
 * - `spans` says what was hidden, where it stood and where its mark stands, so that a preview can show it.
 * - `original` gives back where a stretch of the redacted text stood. A mark stands for the whole secret.
 *
 * @example
 * const { text, spans, original } = redact(message);
 */
import type { Span } from '../model/span.ts';
import { overlaps } from '../model/span.ts';
import { assignedSecrets } from './assigned-secrets.ts';
import { randomKeys } from './random-keys.ts';
import type { SecretKind } from './secret-patterns.ts';
import { SECRET_PATTERNS } from './secret-patterns.ts';

/** One secret: where it stood in the original, and where its mark stands in the redacted text. */
export interface RedactedSpan extends Span {
  readonly kind: SecretKind;
  readonly mark: Span;
}

export interface Redacted {
  readonly text: string;
  readonly spans: readonly RedactedSpan[];
  /** From a stretch of the redacted text to the one it stands for. */
  readonly original: (span: Span) => Span;
}

interface Found extends Span {
  readonly kind: SecretKind;
}

export function redact(text: string): Redacted {
  let spans = placed(joined(look(text)));
  let redacted = replaced(text, spans);
  // what stands beside a mark may look like a secret now: until nothing more is found
  for (;;) {
    const more = look(redacted).map(({ kind, ...span }) => ({ kind, ...toOriginal(spans, span) }));
    const wider = placed(joined([...spans, ...more]));
    if (sameSpans(wider, spans)) break;
    spans = wider;
    redacted = replaced(text, spans);
  }
  return { text: redacted, spans, original: (span) => toOriginal(spans, span) };
}

function look(text: string): Found[] {
  const found: Found[] = [];
  for (const { kind, pattern } of SECRET_PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.['secret'] ?? match.indices?.[0] ?? [0, 0];
      found.push({ kind, start, end });
    }
  }
  for (const span of assignedSecrets(text)) found.push({ kind: 'password', ...span });
  for (const span of randomKeys(text)) found.push({ kind: 'random-key', ...span });
  return aroundMarks(text, found);
}

const MARK = /\[redacted:[a-z-]{3,20}\]/g;

/** A mark is no secret, whole or in part, and is never cut in two. */
function aroundMarks(text: string, found: readonly Found[]): Found[] {
  const marks = [...text.matchAll(MARK)].map(({ index, 0: mark }) => ({ start: index, end: index + mark.length }));
  if (marks.length === 0) return [...found];
  return found
    .filter(({ start, end }) => !marks.some((mark) => mark.start <= start && end <= mark.end))
    .map((span) => {
      const cut = marks.filter((mark) => overlaps(mark, span));
      const start = Math.min(span.start, ...cut.map((mark) => mark.start));
      return { ...span, start, end: Math.max(span.end, ...cut.map((mark) => mark.end)) };
    });
}

/** Overlapping ones as one, of the kind of the one that begins first; of those, of the longest, then of what was looked for first. */
function joined(found: readonly Found[]): Found[] {
  const sorted = [...found].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: { kind: SecretKind; start: number; end: number }[] = [];
  for (const { kind, start, end } of sorted) {
    const last = apart.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else apart.push({ kind, start, end });
  }
  return apart;
}

function placed(found: readonly Found[]): RedactedSpan[] {
  let shift = 0;
  return found.map(({ kind, start, end }) => {
    const mark = { start: start + shift, end: start + shift + markOf(kind).length };
    shift = mark.end - end;
    return { kind, start, end, mark };
  });
}

function markOf(kind: SecretKind): string {
  return `[redacted:${kind}]`;
}

function replaced(text: string, spans: readonly RedactedSpan[]): string {
  let redacted = '';
  let at = 0;
  for (const { kind, start, end } of spans) {
    redacted += text.slice(at, start) + markOf(kind);
    at = end;
  }
  return redacted + text.slice(at);
}

function toOriginal(spans: readonly RedactedSpan[], { start, end }: Span): Span {
  return { start: positionBefore(spans, start, 'start'), end: positionBefore(spans, end, 'end') };
}

/** Where a position of the redacted text stood. One inside a mark is the edge of the secret that `edge` names. */
function positionBefore(spans: readonly RedactedSpan[], position: number, edge: 'start' | 'end'): number {
  let shift = 0;
  for (const span of spans) {
    if (position <= span.mark.start) break;
    if (position < span.mark.end) return span[edge];
    shift = span.end - span.mark.end;
  }
  return position + shift;
}

function sameSpans(a: readonly Span[], b: readonly Span[]): boolean {
  return a.length === b.length && a.every((span, at) => span.start === b[at]?.start && span.end === b[at].end);
}
