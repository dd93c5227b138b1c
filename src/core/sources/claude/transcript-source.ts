import type { Attachment } from '../../model/transcript.ts';
import { attachmentOf } from '../attachment.ts';
import type { JsonObject } from './json.ts';
import { objectOf, stringOf } from './json.ts';

/** A picture or document that stands in a message. */
export function sourceOf(data: JsonObject): Attachment {
  const source = objectOf(data['source']);
  const mime = stringOf(source['media_type']) ?? '';
  const bytes = stringOf(source['data']);
  const address = bytes === null ? (stringOf(source['url']) ?? '') : `data:${mime};base64,${bytes}`;
  return attachmentOf(mime, stringOf(data['title']) ?? '', address);
}
