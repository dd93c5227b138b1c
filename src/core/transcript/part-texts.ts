/** Every text of a message passes through here: what finds, shortens or takes out secrets needs to know no kind of part. */
import type { Attachment, ToolDetail, ToolPart, TranscriptMessage, TranscriptPart } from '../model/transcript.ts';

/** Gives what stands in the place of a text. */
export type MapText = (text: string) => string;

export function mapMessage(
  message: TranscriptMessage,
  map: (part: TranscriptPart) => TranscriptPart,
): TranscriptMessage {
  return { ...message, parts: message.parts.map(map) };
}

/** The part with each of its texts replaced. Names of kinds, tools and agents are none. */
export function mapPart(part: TranscriptPart, map: MapText): TranscriptPart {
  switch (part.kind) {
    case 'text':
    case 'thinking':
    case 'compaction':
    case 'retry':
    case 'note':
      return { ...part, text: map(part.text) };
    case 'error':
      return { ...part, name: map(part.name), text: map(part.text) };
    case 'subtask':
      return { ...part, title: map(part.title), text: map(part.text) };
    case 'tool':
      return mapTool(part, map);
    case 'attachment':
      return { ...part, ...mapAttachment(part, map) };
    case 'hidden':
    case 'unknown':
      return { ...part, raw: map(part.raw) };
  }
}

/** All texts of a part, as they are. */
export function textsOf(part: TranscriptPart): string[] {
  const texts: string[] = [];
  mapPart(part, (text) => {
    if (text !== '') texts.push(text);
    return text;
  });
  return texts;
}

function mapTool(part: ToolPart, map: MapText): ToolPart {
  const { title, input, output, error, detail, attachments } = part;
  return {
    ...part,
    title: map(title),
    detail: detail === null ? null : mapDetail(detail, map),
    input: map(input),
    output: map(output),
    error: map(error),
    attachments: attachments.map((each) => mapAttachment(each, map)),
  };
}

function mapDetail(detail: ToolDetail, map: MapText): ToolDetail {
  switch (detail.kind) {
    case 'edit':
      return {
        ...detail,
        path: map(detail.path),
        hunks: detail.hunks.map((hunk) => ({ ...hunk, old: map(hunk.old), new: map(hunk.new) })),
      };
    case 'shell':
      return { ...detail, command: map(detail.command) };
    case 'agent':
      return { ...detail, task: map(detail.task) };
  }
}

function mapAttachment(file: Attachment, map: MapText): Attachment {
  return { ...file, name: map(file.name), place: map(file.place) };
}
