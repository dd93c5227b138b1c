/** Secrets taken out of a transcript before it is saved, with each place, so that a preview can show them. */
import type { Attachment, TranscriptMessage, TranscriptPart } from '../model/transcript.ts';
import { redact } from '../redact/redact.ts';
import type { SecretKind } from '../redact/secret-patterns.ts';
import { mapMessage, mapPart } from './part-texts.ts';

/** Characters shown on either side of a secret. */
const AROUND = 48;

export interface RedactedPlace {
  readonly kind: SecretKind;
  /** What stands around the mark, of which no secret can be read. */
  readonly before: string;
  readonly mark: string;
  readonly after: string;
}

export type OnRedacted = (place: RedactedPlace) => void;

export function redactMessage(message: TranscriptMessage, onRedacted: OnRedacted = () => undefined): TranscriptMessage {
  return mapMessage(message, (part) => redactPart(part, onRedacted));
}

export function redactText(text: string, onRedacted: OnRedacted = () => undefined): string {
  const redacted = redact(text);
  for (const { kind, mark } of redacted.spans) {
    onRedacted({
      kind,
      before: redacted.text.slice(Math.max(0, mark.start - AROUND), mark.start),
      mark: redacted.text.slice(mark.start, mark.end),
      after: redacted.text.slice(mark.end, mark.end + AROUND),
    });
  }
  return redacted.text;
}

/** The same of every text in a JSON value, names of fields left as they are. */
export function redactJson(value: unknown, onRedacted: OnRedacted = () => undefined): unknown {
  if (typeof value === 'string') return redactText(value, onRedacted);
  if (Array.isArray(value)) return value.map((each) => redactJson(each, onRedacted));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactJson(each, onRedacted)]));
}

function redactPart(part: TranscriptPart, onRedacted: OnRedacted): TranscriptPart {
  const redacted = mapPart(part, (text) => redactText(text, onRedacted));
  if (redacted.kind === 'attachment') return { ...redacted, ...withoutText(redacted) };
  if (redacted.kind === 'tool') return { ...redacted, attachments: redacted.attachments.map(withoutText) };
  return redacted;
}

/** What stands in a file that is no picture can't be looked through here, so it does not leave. */
function withoutText<T extends Attachment>(file: T): T {
  const isPicture = file.data !== null && /^data:image\/(?!svg)/i.test(file.data);
  return isPicture ? file : { ...file, data: null };
}
