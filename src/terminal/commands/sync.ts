import { createInterface } from 'node:readline/promises';
import type { SyncOutcome, SyncReport } from '../../core/model/sync-views.ts';
import type { SyncDesk } from '../../core/sync/sync-desk.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { CommandFailed, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { jsonText, syncToJson } from '../json.ts';
import { problemText } from '../problem-text.ts';
import { byteSize, counted } from '../text.ts';

const DEEDS = ['pair', 'new', 'off', 'words', 'rewrite', 'from-vault', 'delete'] as const;
type Deed = (typeof DEEDS)[number];

/** Brings this machine and the vault it shares with other devices together. */
export const syncCommand: Command = {
  name: 'sync',
  summary: 'share a vault with your other devices, and bring it and this machine together',
  arguments: [],
  options: [
    { name: 'new', help: 'make a vault, and print the 12 words that other devices join it with' },
    {
      name: 'pair',
      value: 'WORDS',
      help: 'join the vault of these 12 words, in quotes; - reads them from stdin, or asks',
    },
    { name: 'relay', value: 'URL', help: 'with --new and --pair: the relay (default: http://127.0.0.1:4173)' },
    { name: 'words', help: 'print the 12 words of the vault' },
    { name: 'off', help: 'forget the vault on this machine; everything stays here, and there' },
    { name: 'rewrite', help: 'write the vault again from here: when it was deleted, or holds what cannot be used' },
    { name: 'from-vault', help: 'give up what is kept here for what the vault has: after months away' },
    { name: 'delete', help: 'delete the vault from the relay, for all devices; everything stays on them' },
  ],
  details: [
    'The relay holds the vault encrypted and cannot read it. Who has the 12 words can; when they are lost, nobody can.',
    'With --pair - the words are in no history of the shell.',
  ].join('\n'),
  async run(context, given) {
    const deed = deedOf(given);
    const relay = given.value('relay');
    if (relay !== null && deed !== 'new' && deed !== 'pair')
      throw new UsageError('--relay goes with --new or --pair: a vault stays on its relay.');
    if (deed === 'words') return printWords((await context.read()).sync, context);
    const words = deed === 'pair' ? await wordsFrom(given.value('pair') ?? '', context.io) : '';
    await context.write(({ sync }) => act(sync, deed, { words, relay }, context));
  },
};

function deedOf(given: Arguments): Deed | null {
  const asked = DEEDS.filter((each) => given.has(each));
  if (asked.length > 1) throw new UsageError(`--${asked[0]} and --${asked[1]} exclude each other.`);
  return asked[0] ?? null;
}

async function act(
  sync: SyncDesk,
  deed: Exclude<Deed, 'words'> | null,
  { words, relay }: { readonly words: string; readonly relay: string | null },
  context: Context,
): Promise<void> {
  const { signal } = context.io;
  if (deed === 'off') {
    await sync.off();
    context.io.out(context.json ? jsonText({ off: true }) : 'Sync is off. Everything stays here.\n');
    return;
  }
  if (deed === 'new') await makeVault(sync, relay, context);
  else if (deed === 'pair') print(reportOf(await sync.join(words, relay, { signal })), context);
  else if (deed === 'rewrite') print(reportOf(await sync.rewrite({ signal }), deed), context);
  else if (deed === 'from-vault') print(reportOf(await sync.startFromVault({ signal })), context);
  else if (deed === 'delete') {
    const report = reportOf(await sync.deleteVault({ signal }));
    if (context.json) context.io.out(jsonText(syncToJson(report)));
    else context.io.out('The vault is deleted from the relay. Everything stays here, and on the other devices.\n');
  } else print(reportOf(await sync.sync({ signal })), context);
}

/** The words are told also when not everything went up: the vault is there by then. */
async function makeVault(sync: SyncDesk, relay: string | null, context: Context): Promise<void> {
  const outcome = await sync.make(relay, { signal: context.io.signal });
  // of another vault, that this machine shares already, they are not
  const words = outcome.ok || outcome.problem.code !== 'vault-exists' ? await sync.words() : null;
  if (!outcome.ok && words !== null) context.io.err(`${problemText(outcome.problem)}\n`);
  const report = outcome.ok || words === null ? reportOf(outcome) : null;
  if (context.json) {
    context.io.out(jsonText({ ...(report === null ? {} : syncToJson(report)), words }));
    return;
  }
  context.io.out(
    `${wordLines(words ?? '')}\n\nWrite them down: other devices join with them, and nobody can get them back.\n`,
  );
  if (report !== null) context.io.out(reportText(report));
}

async function printWords(sync: SyncDesk, { io, json }: Context): Promise<void> {
  const words = await sync.words();
  if (words === null) throw new CommandFailed('This machine shares no vault yet: dramatis sync --new, or --pair.');
  io.out(json ? jsonText({ words }) : `${wordLines(words)}\n`);
}

function print(report: SyncReport, { io, json }: Context): void {
  io.out(json ? jsonText(syncToJson(report)) : reportText(report));
}

/** @param deed what was asked for: it is no way out of its own refusal */
function reportOf(outcome: SyncOutcome, deed: Deed | null = null): SyncReport {
  if (outcome.ok) return outcome.report;
  const { problem } = outcome;
  const hint =
    problem.code === 'vault-gone' && deed !== 'rewrite'
      ? '\nTo make it again: dramatis sync --rewrite. To turn it off: dramatis sync --off'
      : '';
  const again = /^vault-(older|foreign|damaged)$/.test(problem.code)
    ? '\nTo write it again: dramatis sync --rewrite'
    : '';
  const anew = problem.code === 'away-too-long' ? '\nTo do that: dramatis sync --from-vault' : '';
  throw new CommandFailed(`${problemText(problem)}${hint}${again}${anew}`);
}

function reportText({ pulled, merged, pushed, bytesUp, bytesDown, requests }: SyncReport): string {
  const traffic = `${byteSize(bytesUp)} up, ${byteSize(bytesDown)} down, ${counted(requests, 'request')}`;
  if (pulled + pushed === 0) return `Nothing to do: ${traffic}\n`;
  return `Pulled ${counted(pulled, 'part')}, ${merged} with something new; pushed ${counted(pushed, 'part')}: ${traffic}\n`;
}

/** Four lines of three, numbered. */
function wordLines(words: string): string {
  const numbered = words.split(' ').map((word, at) => `${String(at + 1).padStart(2)}. ${word.padEnd(9)}`);
  const lines = [0, 3, 6, 9].map((from) =>
    numbered
      .slice(from, from + 3)
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}

async function wordsFrom(given: string, io: Io): Promise<string> {
  if (given !== '-') return given;
  const { stdin, stderr } = process;
  if (stdin.isTTY) {
    const asking = createInterface({ input: stdin, output: stderr });
    try {
      return await asking.question('The 12 words: ', { signal: io.signal });
    } finally {
      asking.close();
    }
  }
  let text = '';
  stdin.setEncoding('utf8');
  for await (const piece of stdin) text += String(piece);
  return text;
}
