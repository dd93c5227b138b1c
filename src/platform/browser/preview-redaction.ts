/** What would be taken out of the newest messages that personas keep, before any of them left this machine. */
import type { Message } from '../../core/model/message.ts';
import { redact } from '../../core/redact/redact.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { RedactionExample, RedactionPreview } from './extraction-api.ts';

const MESSAGES = 2_000;
const EXAMPLES = 6;
/** Characters shown on either side of a secret. */
const AROUND = 48;
/** Messages looked at before others have their turn. */
const AT_A_TIME = 50;

export async function previewRedaction(workspace: Workspace): Promise<RedactionPreview> {
  const examples: RedactionExample[] = [];
  let secrets = 0;
  const messages = newest(workspace);
  for (const [at, { text }] of messages.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- questions of the page come between
    if (at % AT_A_TIME === 0) await new Promise((resolve) => setTimeout(resolve));
    const redacted = redact(text);
    secrets += redacted.spans.length;
    const [first] = redacted.spans;
    if (first !== undefined && examples.length < EXAMPLES) examples.push(exampleOf(redacted.text, first));
  }
  return { messages: messages.length, secrets, examples };
}

function exampleOf(
  text: string,
  { kind, mark }: { kind: string; mark: { start: number; end: number } },
): RedactionExample {
  return {
    kind,
    before: text.slice(Math.max(0, mark.start - AROUND), mark.start),
    mark: text.slice(mark.start, mark.end),
    after: text.slice(mark.end, mark.end + AROUND),
  };
}

function newest(workspace: Workspace): Message[] {
  const all = workspace.personas().flatMap(({ id }) => (workspace.kept(id) ?? []).slice(-MESSAGES));
  return all.sort((a, b) => b.time - a.time).slice(0, MESSAGES);
}
