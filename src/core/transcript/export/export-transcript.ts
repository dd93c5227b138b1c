import type { AgentSession } from '../../model/agent-session.ts';
import type { TranscriptMessage } from '../../model/transcript.ts';
import { redactMessage } from '../redact-message.ts';
import { redactSession } from '../redact-session.ts';
import type { ExportFormat, ExportWriter } from './export-head.ts';
import { htmlWriter } from './html.ts';
import { jsonWriter } from './json.ts';
import { markdownWriter } from './markdown.ts';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Secrets become `[redacted:<kind>]`. */
  readonly redact: boolean;
}

export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  md: 'text/markdown',
  html: 'text/html',
  json: 'application/json',
};

/** The transcript in one format, piece by piece, so that a long one need never be held whole. */
export async function* exportTranscript(
  session: AgentSession,
  messages: AsyncIterable<TranscriptMessage> | Iterable<TranscriptMessage>,
  { format, redact }: ExportOptions,
): AsyncGenerator<string, void, void> {
  const writer = writerOf(format);
  yield writer.begin(redact ? redactSession(session) : session);
  for await (const message of messages) {
    const piece = writer.message(redact ? redactMessage(message) : message, session);
    if (piece !== '') yield piece;
  }
  yield writer.end();
}

function writerOf(format: ExportFormat): ExportWriter {
  switch (format) {
    case 'md':
      return markdownWriter;
    case 'html':
      return htmlWriter;
    case 'json':
      return jsonWriter();
  }
}
