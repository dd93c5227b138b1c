/** A fixture that may be changed: folders of its own, and for each file a second name, so that it is made in a moment. */
import * as fs from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { jsonl, prompt } from '../src/core/sources/claude/fixture-lines.ts';

export interface LinkedFolder {
  readonly path: string;
  /** Lets its smallest session go on by a prompt. @param time ms */
  grow(time: number): void;
  remove(): void;
}

/** @param original projects with transcripts, which stay as they are */
export function linkedFolder(original: string): LinkedFolder {
  // Chromium observes no folder that is reached through a link
  const place = fs.realpathSync(fs.mkdtempSync(join(dirname(original), 'linked-')));
  const path = join(place, basename(original));
  const smallest = ownCopy(smallestOf(linkAll(original, path)));
  let prompts = 0;
  const newId = (): string => `prompt-${(prompts += 1)}`;
  return {
    path,
    grow: (time) => {
      const conversation = { sessionId: basename(smallest, '.jsonl'), cwd: '/home/ada', newId, time, parent: null };
      fs.appendFileSync(smallest, jsonl([prompt(conversation, 'And now the tests.')]));
    },
    remove: () => fs.rmSync(place, { recursive: true, force: true }),
  };
}

/** Gives the transcripts of sessions that nobody called: those that stand in the folder of a project. */
function linkAll(original: string, path: string): string[] {
  const sessions: string[] = [];
  for (const entry of fs.readdirSync(original, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue;
    const folder = join(path, relative(original, entry.parentPath));
    fs.mkdirSync(folder, { recursive: true });
    fs.linkSync(join(entry.parentPath, entry.name), join(folder, entry.name));
    if (dirname(entry.parentPath) === original) sessions.push(join(folder, entry.name));
  }
  return sessions;
}

function smallestOf([first = '', ...others]: readonly string[]): string {
  const size = (file: string): number => fs.statSync(file).size;
  return others.reduce((smallest, file) => (size(file) < size(smallest) ? file : smallest), first);
}

/** What has two names would change under both. */
function ownCopy(file: string): string {
  const bytes = fs.readFileSync(file);
  fs.rmSync(file);
  fs.writeFileSync(file, bytes);
  return file;
}
