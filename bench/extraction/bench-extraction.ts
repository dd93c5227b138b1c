/** The part `extraction` of the bench: how much of the labelled messages the built-in rules find, and how fast they read. */
import { type Half, loadLabelled } from './labelled/load.ts';
import type { LabelledMessage } from './labelled/message.ts';
import { findIn } from './find.ts';
import { type HalfScore, sectionOf } from './section.ts';
import { measureSpeed } from './speed.ts';
import { type Found, scoreOf } from './score.ts';

const HALVES: readonly Half[] = ['work', 'unseen'];

/** Scores both halves, prints the tables, and gives the section of docs/benchmarks.md. */
export async function benchExtraction(): Promise<string> {
  const scores: HalfScore[] = [];
  for (const half of HALVES) scores.push({ half, ...(await scoreHalf(await loadLabelled(half))) });
  const section = sectionOf(scores, await measureSpeed());
  process.stdout.write(`\n${section}\n`);
  return section;
}

async function scoreHalf(messages: readonly LabelledMessage[]) {
  const found = new Map<LabelledMessage, Found[]>();
  for (const message of messages) found.set(message, await findIn(message));
  return { messages: messages.length, score: scoreOf(messages, (message) => found.get(message) ?? []) };
}
