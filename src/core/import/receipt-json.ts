import type { Receipt } from '../model/receipt.ts';

/** The receipt as `dramatis import --json` prints it and the web app downloads it: snake_case, times ISO-8601 UTC. */
export function receiptToJson(receipt: Receipt): Record<string, unknown> {
  return {
    sources: receipt.sources.map((source) => ({
      path: source.path,
      kind: source.kind,
      sessions: source.sessions,
      messages: source.messages,
      problems: source.problems.map(({ file, row, line, code, severity, message }) => ({
        file,
        row,
        line,
        code,
        severity,
        message,
      })),
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
