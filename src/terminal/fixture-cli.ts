/** Runs the real program in a home of its own, as a person would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonl, type Place, prompt, reply, text, toolUse } from '../core/sources/claude/fixture-lines.ts';
import { makeSample } from '../core/sources/opencode-db/sample.ts';
import { loadSqlJs } from '../platform/node/sql-js.ts';
import type { Io } from './io.ts';
import { runCli } from './run-cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));

/** The session of {@link TestHome.addTranscript}. */
export const TRANSCRIPT = '0b9c7f9e-6b1f-4a53-9d0e-5d1f6a1c2b3d';

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** How the program is started in a home folder. */
export function cliWords(home: string, args: readonly string[]) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, USERPROFILE: home, TZ: 'UTC' };
  return { command: process.execPath, args: ['--import', 'tsx', CLI, ...args], cwd: ROOT, env };
}

/** A home folder with nothing in it but what a test puts there. */
export class TestHome {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<TestHome> {
    return new TestHome(await mkdtemp(join(tmpdir(), 'dramatis-cli-')));
  }

  get dataFolder(): string {
    return join(this.path, '.local', 'share', 'opencode');
  }

  get stateFolder(): string {
    return join(this.path, '.local', 'share', 'dramatis');
  }

  /** Puts the sample where OpenCode would have put it. */
  async addSample(now: number): Promise<void> {
    const { db, wal } = makeSample(await loadSqlJs(), now);
    await mkdir(this.dataFolder, { recursive: true });
    await writeFile(join(this.dataFolder, 'opencode.db'), db);
    await writeFile(join(this.dataFolder, 'opencode.db-wal'), wal);
  }

  get claudeFolder(): string {
    return join(this.path, '.claude');
  }

  /**
   * Puts one short session where Claude Code would have put it: two prompts, two replies, one of them with a tool call. They are
   * spoken at 08:00, 08:10, 09:10 and 09:11 of the day.
   *
   * @param day ms, its first moment in UTC
   */
  async addTranscript(day: number, sessionId = TRANSCRIPT): Promise<void> {
    let ids = 0;
    const newId = () => `line-${(ids += 1)}`;
    const place: Place = { sessionId, cwd: '/home/nora/src/packlist', newId, time: day + 8 * HOUR, parent: null };
    const at = (minutes: number) => {
      place.time = day + 8 * HOUR + minutes * MINUTE;
      return place;
    };
    const lines = [
      prompt(at(0), 'What do I take to the fjords?'),
      reply(at(10), 'msg_1', toolUse('toolu_1', 'Read', { file_path: 'list.md' })),
      prompt(at(70), 'And for rain?'),
      reply(at(71), 'msg_2', text('A coat.')),
    ];
    const folder = join(this.claudeFolder, 'projects', '-home-nora-src-packlist');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${sessionId}.jsonl`), jsonl(lines));
  }

  /** Starts the program; its streams are pipes. */
  start(args: readonly string[]) {
    const { command, args: words, ...options } = cliWords(this.path, args);
    return spawn(command, words, { ...options, stdio: 'pipe' });
  }

  async run(...args: readonly string[]): Promise<CliResult> {
    const child = this.start(args);
    const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
    child.stdin.end();
    await once(child, 'close');
    return { code: child.exitCode, out: await out, err: await err };
  }

  /** The same in this process: many times quicker, for what is no matter of processes. */
  here(...args: readonly string[]): Promise<CliResult> {
    return runHere(...args, '--opencode', this.dataFolder, '--data-dir', this.stateFolder);
  }

  /** Runs a command with `--json`. */
  async json(...args: readonly string[]): Promise<unknown> {
    return resultOf(await this.run(...args, '--json'));
  }

  async jsonHere(...args: readonly string[]): Promise<unknown> {
    return resultOf(await this.here(...args, '--json'));
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

/** The document a command printed. It must have gone well and said nothing else. */
function resultOf({ code, out, err }: CliResult): unknown {
  if (code !== 0 || err !== '') throw new Error(`ended with ${code}: ${err}`);
  return JSON.parse(out) as unknown;
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** Streams that are no terminal, or one of a width; what is said goes to `say`. */
export function testIo(say: (stream: 'out' | 'err', text: string) => void, width: number | null = null): Io {
  return {
    out: (text) => say('out', text),
    err: (text) => say('err', text),
    width,
    styled: false,
    live: false,
    interactive: false,
    signal: new AbortController().signal,
  };
}

/** Runs a command line in this process: quicker, and with this process's own environment. */
export async function runHere(...argv: readonly string[]): Promise<CliResult> {
  const said = { out: '', err: '' };
  const io = testIo((stream, text) => {
    said[stream] += text;
  });
  return { code: await runCli(argv, io), ...said };
}
