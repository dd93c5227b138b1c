/** For tests and samples: a session as `opencode export` writes it. */
import type { FixtureSession } from '../opencode-json/fixture-history.ts';

export interface ExportShape {
  /** Lines before the first brace. */
  readonly before?: string;
  /** Spaces of indent; 0 is one line. Default 2, as the tool writes. */
  readonly indent?: number;
}

export function exportText({ json, messages }: FixtureSession, { before = '', indent = 2 }: ExportShape = {}): string {
  const exported = {
    info: json,
    messages: messages.map((message) => ({ info: message.json, parts: message.parts.map((part) => part.json) })),
  };
  return `${before}${JSON.stringify(exported, null, indent)}\n`;
}
