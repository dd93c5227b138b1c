/**
 * One writer at a time: `lock` in the state folder names the process that writes.
 *
 * The lock is made by linking a file that is already complete, so it is never seen half written, and only one of several can do
 * it. The lock of a dead process is replaced, never removed: whoever links `lock.next` first may rename it over `lock`, after
 * looking again that the dead one is still there. So two that find a dead lock at once can't both believe to have it.
 */
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { errorCode, isMissing } from './system-error.ts';
import { isRunning, processBirth } from './process-birth.ts';

const Holder = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  host: v.string(),
  birth: v.nullable(v.string()),
});
type Holder = v.InferOutput<typeof Holder>;

/** Another process that lives holds the lock. */
export class Locked extends Error {
  /** `Another command (process 12)` */
  readonly who: string;

  constructor(path: string, pid: number | null, elsewhere: string | null) {
    const who = whoWords(pid, elsewhere);
    super(`${who} is writing here. Try again when it has finished; if there is none, remove ${path}.`);
    this.name = 'Locked';
    this.who = who;
  }
}

function whoWords(pid: number | null, elsewhere: string | null): string {
  return pid === null ? 'Another command' : `Another command (process ${pid}${elsewhere ? ` on ${elsewhere}` : ''})`;
}

export interface Lock {
  /** Gives it up. */
  release(): Promise<void>;
}

/** How often to look again while others come and go. Each time either somebody has moved on or we are done. */
const MOST_TRIES = 200;

/** Takes the lock of a state folder, which is made when it isn't there. Throws {@link Locked} when a living process has it. */
export async function takeLock(folder: string): Promise<Lock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const own = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const content = JSON.stringify({ pid: process.pid, host: hostname(), birth: processBirth(process.pid), own });
  await writeFile(own, content, { mode: 0o600, flag: 'wx' });
  try {
    await acquire(path, own);
  } finally {
    await rm(own, { force: true });
  }
  return {
    release: async () => {
      if ((await contentOf(path)) === content) await rm(path, { force: true });
    },
  };
}

/** Which other process holds the lock of a state folder now, in words; null when none that lives does. Changes nothing. */
export async function lockHolder(folder: string): Promise<string | null> {
  const path = join(folder, 'lock');
  const found = await contentOf(path);
  if (found === null || isDead(found) || holderOf(found)?.pid === process.pid) return null;
  return lockedBy(path, found).who;
}

async function acquire(path: string, own: string): Promise<void> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    if (await linked(own, path)) return;
    const found = await contentOf(path);
    if (found === null) continue; // given up in this moment
    if (!isDead(found)) throw lockedBy(path, found);
    if (await replaced(path, found, own)) return;
  }
  throw new Locked(path, null, null);
}

/** Puts our file in the place of a dead lock. False when somebody else is at it, or was faster. */
async function replaced(path: string, dead: string, own: string): Promise<boolean> {
  const next = `${path}.next`;
  if (!(await linked(own, next))) {
    const other = await contentOf(next);
    // it died between its link and its rename
    if (other !== null && isDead(other)) await rm(next, { force: true });
    return false;
  }
  if ((await contentOf(path)) !== dead) {
    await rm(next, { force: true });
    return false;
  }
  await rename(next, path);
  return true;
}

/** True when the name was free and is ours now. */
async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A lock whose holder is unknown, or on another machine, counts as held: nobody here can tell. */
function isDead(content: string): boolean {
  const holder = holderOf(content);
  if (holder === null || holder.host !== hostname()) return false;
  if (!isRunning(holder.pid)) return true;
  const birth = processBirth(holder.pid);
  return birth !== null && holder.birth !== null && birth !== holder.birth;
}

function lockedBy(path: string, content: string): Locked {
  const holder = holderOf(content);
  return new Locked(path, holder?.pid ?? null, holder && holder.host !== hostname() ? holder.host : null);
}

function holderOf(content: string): Holder | null {
  try {
    const holder = v.safeParse(Holder, JSON.parse(content));
    return holder.success ? holder.output : null;
  } catch {
    return null; // not JSON: not written by this program
  }
}
