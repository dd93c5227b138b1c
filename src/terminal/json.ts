/**
 * What `--json` prints, one function a shape: snake_case, times ISO-8601 UTC with ms. Programs rely on these: fields may be
 * added, none may change. The session's and the receipt's are in core, because the web app saves them too.
 */
import type { CyclesReport } from '../core/archive-cycles.ts';
import type { SyncReport } from '../core/model/sync-views.ts';
import type { Item } from '../core/model/item.ts';
import type { CeremonyReport, ExtractReport } from '../core/model/memory-views.ts';
import type { Message } from '../core/model/message.ts';
import type { PersonaSummary, StateSummary } from '../core/model/views.ts';
import type { SourceMessage } from '../core/sources/source.ts';

type Json = Record<string, unknown>;

/** ms -> `2026-11-21T08:30:00.000Z` */
export function isoTime(time: number): string;
export function isoTime(time: number | null): string | null;
export function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

export function personaToJson(persona: PersonaSummary): Json {
  return {
    id: persona.id,
    name: persona.name,
    source: persona.source,
    agent: persona.agent,
    sessions: persona.sessions,
    messages_total: persona.messagesTotal,
    messages_kept: persona.messagesKept,
    first_time: isoTime(persona.firstTime),
    last_time: isoTime(persona.lastTime),
    bytes: persona.bytes,
  };
}

/** A message as a persona keeps it. */
export function keptMessageToJson(message: Message): Json {
  const { p, r, o, f } = message.flags;
  return {
    id: message.id,
    session_id: message.sessionId,
    role: message.role,
    time: isoTime(message.time),
    text: message.text,
    flags: { p, r, o, f },
    injected: message.injected,
    clipped_from: message.clippedFrom ?? null,
  };
}

/** A message as its source has it. */
export function sourceMessageToJson(message: SourceMessage): Json {
  return {
    id: message.id,
    role: message.role,
    agent: message.agent,
    time: isoTime(message.time),
    text: message.text,
    reverted: message.reverted,
  };
}

export function stateToJson(state: StateSummary): Json {
  return {
    bytes: state.bytes,
    limit_bytes: state.limitBytes,
    personas: state.personas,
    messages: state.messages,
    items: state.items,
    ledger: state.ledger,
    jobs: state.jobs,
    last_sync: isoTime(state.lastSync),
    extraction_point: isoTime(state.extractionPoint),
  };
}

export function itemToJson(item: Item): Json {
  return {
    id: item.id,
    kind: item.kind,
    name: item.name,
    description: item.description,
    subject: item.subject,
    aliases: item.aliases,
    status: item.status,
    learned_by: item.learnedBy,
    evidence: item.evidence.map(({ source, sessionId, messageId, start, end, text, time }) => ({
      source,
      session_id: sessionId,
      message_id: messageId,
      start,
      end,
      text,
      time: isoTime(time),
    })),
  };
}

export function extractToJson(report: ExtractReport): Json {
  const { jobs, messages, tokens, calls, usage, cost, items, dropped, stopped, problems, state, durationMs } = report;
  return {
    jobs,
    messages,
    tokens,
    calls,
    usage: usage === null ? null : { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
    cost,
    items,
    dropped,
    stopped,
    decisions: report.decisions,
    problems: problems.map(({ file, code, message }) => ({ file, code, message })),
    state: { bytes: state.bytes, limit_bytes: state.limitBytes },
    duration_ms: durationMs,
  };
}

export function ceremonyToJson({ personas, merged, sealed, bytesBefore, bytes }: CeremonyReport): Json {
  return { personas, merged, sealed, bytes_before: bytesBefore, bytes };
}

export function syncToJson({ pulled, merged, pushed, bytesUp, bytesDown, requests }: SyncReport): Json {
  return { pulled, merged, pushed, bytes_up: bytesUp, bytes_down: bytesDown, requests };
}

/** What `import --archive-all` adds to the receipt. */
export function archiveToJson({ cycles, messages, tokens, calls, items, left, problems }: CyclesReport): Json {
  const told = problems.map(({ file, code, message }) => ({ file, code, message }));
  return { cycles, messages, tokens, calls, items, left, problems: told };
}

/** One document, for people who look at it too. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
