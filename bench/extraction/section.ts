/** The section of docs/benchmarks.md about the built-in extraction. */
import type { Half } from './labelled/load.ts';
import { type Count, precision, recall, SCORED_KINDS, type Score, sum } from './score.ts';
import type { Speed } from './speed.ts';

export interface HalfScore {
  readonly half: Half;
  readonly messages: number;
  readonly score: Score;
}

const TITLES: Readonly<Record<Half, string>> = {
  work: 'The half the rules were written from',
  unseen: 'The half nobody looked at while they were written',
};
const TARGET = { precision: 0.9, recall: 0.5 };

export function sectionOf(halves: readonly HalfScore[], { messages, characters, ms, chunks, longest }: Speed): string {
  return `## What the built-in rules find

Precision and recall of the built-in extraction on labelled messages in \`bench/extraction/labelled/\`: what was found and is right,
of all that was found; and of all that there is to be found. The messages were written for this, and divided before any rule was.
\`npm run bench -- extraction\` counts again. The target, on the unseen half, facts, traits and people together: precision
${TARGET.precision.toFixed(2)}, recall ${TARGET.recall.toFixed(2)}. The rules are a preview; a model finds more.

${halves.map(tableOf).join('\n\n')}

Speed: ${messages.toLocaleString('en')} messages of the work half, over and over (${(characters / 1e6).toFixed(1)} million characters,
all of them a human's) in ${(ms / 1000).toFixed(1)} s, one thread, ${chunks} calls, the longest ${Math.ceil(longest)} ms.`;
}

function tableOf({ half, messages, score }: HalfScore): string {
  const { kinds, subjects } = score;
  const together = sum([kinds.fact, kinds.trait, kinds.person]);
  const rows = [
    ...SCORED_KINDS.map((kind) =>
      rowOf({ fact: 'facts', trait: 'traits', person: 'people', topic: 'topics' }[kind], kinds[kind]),
    ),
    rowOf('facts, traits and people', together),
  ];
  return `### ${TITLES[half]}: ${messages} messages

|                          | precision | recall | right | wrong | to be found |
| ------------------------ | --------: | -----: | ----: | ----: | ----------: |
${rows.join('\n')}

Of ${subjects.of} facts that are right, ${subjects.right} also say rightly whether they are about the one who writes.${verdict(half, together)}`;
}

function rowOf(name: string, count: Count): string {
  const cells = [share(precision(count)), share(recall(count)), count.matched, count.wrong, count.expected];
  const widths = [9, 6, 5, 5, 11];
  return `| ${name.padEnd(24)} | ${cells.map((cell, at) => String(cell).padStart(widths[at] ?? 0)).join(' | ')} |`;
}

function share(part: number | null): string {
  return part === null ? '-' : part.toFixed(2);
}

function verdict(half: Half, together: Count): string {
  if (half === 'work') return '';
  const met = (precision(together) ?? 0) >= TARGET.precision && (recall(together) ?? 0) >= TARGET.recall;
  return `\nThe target is ${met ? 'met' : '**not met**'}.`;
}
