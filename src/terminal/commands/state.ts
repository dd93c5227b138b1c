import { readFile, writeFile } from 'node:fs/promises';
import type { BackupContents } from '../../core/backup.ts';
import type { RestorePreview, Workspace } from '../../core/workspace.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { hintWhenEmpty } from '../context.ts';
import { CommandFailed } from '../errors.ts';
import { jsonText, stateToJson } from '../json.ts';
import { byteSize, count, localTime } from '../text.ts';

/** Prints how large the state is and what is in it; writes, checks and takes back backups. */
export const stateCommand: Command = {
  name: 'state',
  summary: 'print the size of the state, its limit and what is in it; back it up',
  arguments: [],
  options: [
    { name: 'export', value: 'FILE', help: 'write a backup of everything kept to a new file' },
    { name: 'restore', value: 'FILE', help: 'say what a backup would replace; with --yes replace it' },
    { name: 'yes', help: 'with --restore: do it' },
    { name: 'verify', help: 'read all that is kept and say whether it is whole' },
  ],
  details: 'With DRAMATIS_PASSPHRASE set in the environment a backup is sealed with it, and opened with it again.',
  async run(context, given) {
    const [exported, restored] = [given.value('export'), given.value('restore')];
    if (exported !== null) return exportTo(exported, context);
    if (restored !== null) return restoreFrom(restored, given.has('yes'), context);
    const workspace = await context.read();
    if (given.has('verify')) return verify(workspace, context);
    printState(workspace, context);
    hintWhenEmpty(workspace, context.io);
  },
};

function printState(workspace: Workspace, context: Context): void {
  const state = workspace.state();
  if (context.json) {
    context.io.out(jsonText(stateToJson(state)));
    return;
  }
  const lines: readonly (readonly [string, string])[] = [
    ['size', `${byteSize(state.bytes)} of ${byteSize(state.limitBytes)}`],
    ['personas', count(state.personas)],
    ['messages', count(state.messages)],
    ['items', count(state.items)],
    ['extracted', `${count(state.ledger)} sessions${state.jobs > 0 ? `, ${count(state.jobs)} to do` : ''}`],
    ['last import', state.lastSync === null ? 'never' : localTime(state.lastSync)],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  context.io.out(lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join(''));
}

async function exportTo(file: string, context: Context): Promise<void> {
  const text = await (await context.read()).backup(passphrase());
  // never over a file that is there: it may be the only other copy
  await explained(() => writeFile(file, text, { flag: 'wx', mode: 0o600 }), `${file} could not be written`);
  const bytes = Buffer.byteLength(text);
  context.io.out(context.json ? jsonText({ file, bytes }) : `Wrote ${file}, ${byteSize(bytes)}\n`);
}

async function restoreFrom(file: string, really: boolean, context: Context): Promise<void> {
  const text = await explained(() => readFile(file, 'utf8'), `${file} could not be read`);
  const preview = really
    ? await context.write((workspace) => workspace.restore(text, passphrase()))
    : await (await context.read()).previewRestore(text, passphrase());
  context.io.out(context.json ? jsonText({ restored: really, ...preview }) : restoreText(preview, really));
}

function restoreText({ made, backup, current }: RestorePreview, done: boolean): string {
  const lines = [`Backup of ${localTime(Date.parse(made))}: ${contents(backup)}`];
  lines.push(
    done ? `It replaced: ${contents(current)}` : `It would replace: ${contents(current)}. To do it, add --yes`,
  );
  return `${lines.join('\n')}\n`;
}

function contents({ personas, messages, sessions }: BackupContents): string {
  return `${count(personas)} personas with ${count(messages)} messages, ${count(sessions)} sessions`;
}

function verify(workspace: Workspace, context: Context): void {
  const { setAside, sessions, personas } = workspace.overview();
  const problems = setAside.map(({ group, reason }) => ({ group, reason }));
  if (problems.length > 0) {
    throw new CommandFailed(problems.map(({ group, reason }) => `${group} can't be read: ${reason}`).join('\n'));
  }
  const text = `Whole: ${count(personas)} personas and ${count(sessions)} sessions can be read\n`;
  context.io.out(context.json ? jsonText({ whole: true, personas, sessions }) : text);
}

function passphrase(): string | undefined {
  return process.env['DRAMATIS_PASSPHRASE'] || undefined;
}

async function explained<T>(work: () => Promise<T>, what: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CommandFailed(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
