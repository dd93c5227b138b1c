/** What was done by hand last, on this device: it can be undone after a restart too. */
import * as v from 'valibot';
import type { Done } from './actions.ts';

export const UNDO_KEY = 'undo';
const KEPT = 20;

const log = v.object({ schema: v.literal(1), done: v.array(v.custom<Done>(isDone)) });

export function encodeUndo(done: readonly Done[]): string {
  return JSON.stringify({ schema: 1, done: done.slice(-KEPT) });
}

export function decodeUndo(text: string | undefined): readonly Done[] {
  if (text === undefined) return [];
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), log), text);
  return parsed.success ? parsed.output.done : [];
}

function isDone(value: unknown): boolean {
  return v.is(
    v.looseObject({
      kind: v.string(),
      name: v.string(),
      time: v.number(),
      before: v.array(v.looseObject({ id: v.string() })),
      after: v.array(v.looseObject({ id: v.string() })),
    }),
    value,
  );
}
