import type { TranscriptMessage, TranscriptPart } from '../model/transcript.ts';
import { mapMessage, mapPart } from './part-texts.ts';

/** Characters of each text that a list of messages carries; what a person said or reads is longer than what a tool gave. */
const SPOKEN = 60_000;
const OTHER = 8_000;
/** Characters of all of a part: it may have many texts. */
const PART = 80_000;
/** A larger picture comes only with its whole message. Characters of its address. */
const PICTURE = 400_000;

/** The message with its long texts cut, which their parts say. */
export function clipMessage(message: TranscriptMessage): TranscriptMessage {
  return mapMessage(message, clipPart);
}

function clipPart(part: TranscriptPart): TranscriptPart {
  const most = part.kind === 'text' && part.spoken ? SPOKEN : OTHER;
  let left = PART;
  let cut = 0;
  const clipped = mapPart(part, (text) => {
    const short = cutAt(text, Math.min(most, left));
    left -= short.length;
    cut += text.length - short.length;
    return short;
  });
  const light = withoutLarge(clipped);
  if (light !== clipped) cut += 1;
  return cut === 0 ? light : { ...light, cut };
}

/** Never within a pair that makes one character. */
function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}

function withoutLarge(part: TranscriptPart): TranscriptPart {
  const isLarge = ({ data }: { data: string | null }): boolean => data !== null && data.length > PICTURE;
  if (part.kind === 'attachment') return isLarge(part) ? { ...part, data: null } : part;
  if (part.kind !== 'tool' || !part.attachments.some(isLarge)) return part;
  return { ...part, attachments: part.attachments.map((each) => (isLarge(each) ? { ...each, data: null } : each)) };
}
