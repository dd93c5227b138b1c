import { explainedText } from '../core/import/explained-text.ts';
import type { PersonaReceipt, Receipt, SourceReceipt, Tally } from '../core/model/receipt.ts';
import type { Io } from './io.ts';
import { problemText } from './problem-text.ts';
import { table } from './table.ts';
import { byteSize, count, plain, strong } from './text.ts';

/** Kinds of sources as people call them. */
const KINDS: Readonly<Record<string, string>> = {
  'opencode-db': 'OpenCode database',
  'opencode-json': 'OpenCode JSON folder',
  'opencode-export': 'OpenCode export',
  'claude-projects': 'Claude Code projects',
};

/** Of each source. */
const PROBLEMS_SHOWN = 40;
const NOTHING_TO_SAY = { sessions: null, messages: null };

/** The receipt of an import, for people. */
export function receiptText(receipt: Receipt, io: Io): string {
  const parts = [
    ...receipt.sources.map((source) => sourceText(source, io)),
    ...(receipt.personas.length > 0 ? [personasText(receipt.personas, io)] : []),
    ...(receipt.decisions.length > 0 ? [`${receipt.decisions.map(({ text }) => plain(text)).join('\n')}\n`] : []),
    closing(receipt),
  ];
  return parts.join('\n');
}

function sourceText(source: SourceReceipt, io: Io): string {
  const why = source.explained === null ? NOTHING_TO_SAY : explainedText(source.explained);
  const more = source.problems.length - PROBLEMS_SHOWN;
  const read = `${byteSize(source.bytesRead)} read of ${byteSize(source.bytesTotal)}`;
  return [
    `${strong(plain(source.path), io.styled)} (${KINDS[source.kind] ?? plain(source.kind)}, ${read})`,
    `  sessions  ${tallyText(source.sessions)}`,
    ...(why.sessions === null ? [] : [`            ${why.sessions}`]),
    `  messages  ${tallyText(source.messages)}`,
    ...(why.messages === null ? [] : [`            ${why.messages}`]),
    ...source.problems.slice(0, PROBLEMS_SHOWN).map((problem) => `  ${problemText(problem)}`),
    ...(more > 0 ? [`  and ${count(more)} more; --json has them all`] : []),
    '',
  ].join('\n');
}

function tallyText(tally: Tally): string {
  const parts = [
    [tally.new, 'new'],
    [tally.updated, 'updated'],
    [tally.unchanged, 'unchanged'],
    [tally.skipped, 'skipped'],
  ] as const;
  const kinds = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  return `${count(tally.found)} found${kinds.length > 0 ? `: ${kinds.join(', ')}` : ''}`;
}

function personasText(personas: readonly PersonaReceipt[], io: Io): string {
  return table(
    [
      { title: 'PERSONA' },
      { title: 'FOUND', align: 'right' },
      { title: 'KEPT', align: 'right' },
      { title: 'PRUNED', align: 'right' },
      { title: 'CLIPPED', align: 'right' },
    ],
    personas.map(({ id, found, kept, pruned, clipped }) => [id, ...[found, kept, pruned, clipped].map(count)]),
    io,
  );
}

function closing({ state, unchanged, durationMs }: Receipt): string {
  const size = `State: ${byteSize(state.bytes)} of ${byteSize(state.limitBytes)}.`;
  return `${unchanged ? 'Nothing new. ' : ''}${size} Took ${(durationMs / 1000).toFixed(1)} s.\n`;
}
