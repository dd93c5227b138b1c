/** Writes histories that are many files: transcripts of Claude Code, and JSON folders of early OpenCode. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { FixtureOptions } from '../src/core/sources/claude/fixture.ts';
import { writeFixture } from '../src/core/sources/claude/fixture.ts';
import { makeHistory } from '../src/core/sources/opencode-json/fixture-history.ts';
import { writeStorage } from '../src/core/sources/opencode-json/fixture.ts';
import { FixtureFolder } from '../src/core/sources/opencode-shared/fixture-folder.ts';

/** Of so many megabytes, or so many files, whatever comes first. */
export interface FolderSpec {
  readonly megabytes: number;
  readonly files: number;
}

const TruthSchema = v.object({
  stamp: v.string(),
  files: v.number(),
  bytes: v.number(),
  sessions: v.number(),
  messages: v.number(),
});
/** What was written, and what a reader must find. */
export type FolderTruth = v.InferOutput<typeof TruthSchema>;

/** Kinds of lines in the shares of genuine transcripts of 2026: half of the bytes results of tools, a third progress. */
const LONG: Omit<FixtureOptions, 'seed'> = {
  projects: 1,
  sessions: 6,
  turns: 8,
  outputBytes: 16_000,
  replies: 18,
  calls: 4,
  hooks: 11,
  agentsOneIn: 4,
};
/** Many short ones. */
const SHORT: Omit<FixtureOptions, 'seed'> = { projects: 1, sessions: 40, turns: 6, outputBytes: 8_000, hooks: 13 };

/** Writes `<dir>/<name>/projects`, unless it is there. */
export function makeTranscripts(dir: string, name: string, spec: FolderSpec, stamp: string): FolderTruth {
  const how = spec.files === Number.POSITIVE_INFINITY ? LONG : SHORT;
  return makeFolder(join(dir, name), spec, stamp, (seed) => {
    const { files, sessions } = writeFixture({ ...how, seed });
    const renamed = [...files].map(([path, text]): Written => [path.replace('project-0', `project-${seed}`), text]);
    const messages = sessions.reduce((count, session) => count + session.messages.length, 0);
    return { files: renamed.map(([path, text]) => [`projects/${path}`, text]), sessions: sessions.length, messages };
  });
}

/** Writes `<dir>/<name>/opencode/storage`, unless it is there: a file a session, message and part. */
export function makeStorage(dir: string, name: string, spec: FolderSpec, stamp: string): FolderTruth {
  return makeFolder(join(dir, name), spec, stamp, (seed) => {
    const history = makeHistory({ seed: `files-${seed}`, sessions: 40, messages: 60 });
    const data = new FixtureFolder('opencode');
    writeStorage(data, history);
    const read = data.all().filter(([path]) => /^storage\/(session|message|part)\//.test(path));
    const messages = history.reduce((count, session) => count + session.messages.length, 0);
    return { files: read.map(([path, file]) => [`opencode/${path}`, file.text()]), sessions: history.length, messages };
  });
}

type Written = readonly [path: string, text: string];

interface Batch {
  readonly files: readonly Written[];
  readonly sessions: number;
  readonly messages: number;
}

function makeFolder(folder: string, spec: FolderSpec, stamp: string, batch: (seed: number) => Batch): FolderTruth {
  const truthPath = `${folder}.truth.json`;
  const whole = `${stamp} ${JSON.stringify(spec)}`;
  const known = existsSync(truthPath) && existsSync(folder) ? readTruth(truthPath) : null;
  if (known?.stamp === whole) return known;
  const part = `${folder}.part`;
  for (const old of [folder, part, truthPath]) rmSync(old, { recursive: true, force: true });
  const truth = { stamp: whole, files: 0, bytes: 0, sessions: 0, messages: 0 };
  for (let seed = 1; truth.bytes < spec.megabytes * 1e6 && truth.files < spec.files; seed++) {
    const { files, sessions, messages } = batch(seed);
    for (const [path, text] of files) truth.bytes += write(join(part, path), text);
    truth.files += files.length;
    truth.sessions += sessions;
    truth.messages += messages;
  }
  renameSync(part, folder);
  writeFileSync(truthPath, JSON.stringify(truth));
  return truth;
}

export function readTruth(path: string): FolderTruth {
  return v.parse(TruthSchema, JSON.parse(readFileSync(path, 'utf8')));
}

function write(path: string, text: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const bytes = Buffer.from(text);
  writeFileSync(path, bytes);
  return bytes.length;
}
