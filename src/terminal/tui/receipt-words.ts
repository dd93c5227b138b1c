import * as v from 'valibot';
import { byteSize, counted } from '../text.ts';

const Tally = v.object({ new: v.number(), updated: v.number(), skipped: v.number() });
const Receipt = v.object({
  sources: v.array(v.object({ sessions: Tally, messages: Tally })),
  state: v.object({ bytes: v.number() }),
});

/** What `import --json` printed, in a line. */
export function importWords(printed: unknown): string {
  const { sources, state } = v.parse(Receipt, printed);
  const sum = (of: (source: (typeof sources)[number]) => number) => sources.reduce((all, each) => all + of(each), 0);
  const [sessions, messages] = [sum((each) => each.sessions.new), sum((each) => each.messages.new)];
  const skipped = sum((each) => each.sessions.skipped + each.messages.skipped);
  const lost = skipped === 0 ? '' : `, ${skipped} left out: dramatis import says why`;
  if (sessions + messages === 0) return `Imported: nothing new${lost}`;
  return `Imported: ${counted(sessions, 'new session')}, ${counted(messages, 'new message')}${lost}; ${byteSize(state.bytes)} kept`;
}
