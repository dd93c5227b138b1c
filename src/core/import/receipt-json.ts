import type { Problem } from '../model/problem.ts';
import type { Explained, Receipt } from '../model/receipt.ts';

/** The receipt as `dramatis import --json` prints it and the web app downloads it: snake_case, times ISO-8601 UTC. */
export function receiptToJson(receipt: Receipt): Record<string, unknown> {
  return {
    sources: receipt.sources.map((source) => ({
      path: source.path,
      kind: source.kind,
      sessions: source.sessions,
      messages: source.messages,
      explained: source.explained === null ? null : explainedToJson(source.explained),
      problems: source.problems.map(problemToJson),
      bytes_read: source.bytesRead,
      bytes_total: source.bytesTotal,
    })),
    personas: receipt.personas.map(({ id, found, kept, pruned, clipped }) => ({ id, found, kept, pruned, clipped })),
    state: { bytes: receipt.state.bytes, limit_bytes: receipt.state.limitBytes },
    decisions: receipt.decisions.map(({ reason, persona, messages, text }) => ({ reason, persona, messages, text })),
    last_sync: new Date(receipt.lastSync).toISOString(),
    unchanged: receipt.unchanged,
    duration_ms: receipt.durationMs,
  };
}

function explainedToJson({ sessions, messages }: Explained): Record<string, unknown> {
  return {
    sessions: {
      personas: sessions.personas,
      sub_agents: sessions.subAgents,
      helpers: sessions.helpers,
      empty: sessions.empty,
      silent: sessions.silent,
      copies: sessions.copies,
      forks: sessions.forks,
    },
    messages: {
      personas: messages.personas,
      sub_agents: messages.subAgents,
      silent: messages.silent,
      copies: messages.copies,
    },
  };
}

/** `count` says how many rows or lines stand behind one that sums up; `lost` what a skipped one was. */
function problemToJson({ file, row, line, code, severity, message, lost, count }: Problem): Record<string, unknown> {
  return { file, row, line, code, severity, message, lost: lost ?? null, count: count ?? 1 };
}
