/** The session list: all session files, and the names in the folders of their messages. No message is read. */
import type { SessionHead } from '../source.ts';
import { sessionHead } from '../opencode-shared/session-rules.ts';
import { shortHash } from '../opencode-shared/short-hash.ts';
import type { SourceFile, SourceFolder } from '../byte-source.ts';
import type { FileGroup } from './file-groups.ts';
import { groupFiles } from './file-groups.ts';
import type { FilePass } from './file-pass.ts';
import type { Layout } from './layout.ts';

const AT_ONCE = 32;

/** A session that was found. */
export interface FoundSession {
  readonly head: SessionHead;
  /** The session's file, and its copies. */
  readonly group: FileGroup;
  /** Files in the folders of its messages. */
  readonly messages: number;
}

export interface Scan {
  readonly sessions: ReadonlyMap<string, FoundSession>;
  /** Changes with any session file, readable or not, and with the names of message files. */
  readonly fingerprint: string;
}

/** @param layouts newest generation first */
export async function scanSessions(layouts: readonly Layout[], pass: FilePass): Promise<Scan> {
  const listings: (readonly SourceFile[])[] = [];
  for (const layout of layouts) {
    const folders = await layout.sessionFolders(pass);
    for await (const { files } of pass.inOrder(folders, AT_ONCE, (folder, own) => own.list(folder, 'session'))) {
      listings.push(files);
    }
  }
  const sessions = new Map<string, FoundSession>();
  const stamps: string[] = [];
  const known = new Set<string>();
  const scanOne = (group: FileGroup, own: FilePass): Promise<Scanned> => scanSession(group, layouts, own);
  for await (const { name, found, stamp } of pass.inOrder(groupFiles(listings), AT_ONCE, scanOne)) {
    stamps.push(stamp);
    known.add(name).add(found?.head.id ?? name);
    if (found !== null) keep(sessions, found);
  }
  for (const layout of layouts) stamps.push(...(await tellStrays(layout, known, pass)));
  return { sessions, fingerprint: `${sessions.size}:${shortHash(stamps)}` };
}

/** What the newest copy of a session says of it now, or null. */
export async function readSession(group: FileGroup, pass: FilePass): Promise<FoundSession | null> {
  let best: FoundSession | null = null;
  let doubtful = '';
  for await (const { data, stamp } of pass.each(group, 'session')) {
    const { head, timesKnown } = sessionHead(data, group.name);
    // copies of one generation are of projects the session was moved between; those of an older one are frozen
    if (best !== null && best.head.timeUpdated >= head.timeUpdated) continue;
    best = { head: { ...head, version: stamp }, group, messages: 0 };
    doubtful = timesKnown ? '' : head.id;
  }
  if (doubtful !== '') {
    const text = `Session ${doubtful} has a time that can't be. It is listed without it.`;
    pass.warned('bad-json', doubtful, text, group.files[0]?.path ?? '');
  }
  return best;
}

interface Scanned {
  readonly name: string;
  readonly found: FoundSession | null;
  readonly stamp: string;
}

async function scanSession(group: FileGroup, layouts: readonly Layout[], pass: FilePass): Promise<Scanned> {
  const { name } = group;
  const found = await readSession(group, pass);
  if (found === null) return { name, found, stamp: `${name} ${await stampsOf(group, pass)}` };
  const { count, stamp } = await messagesStamp(found.head.id, layouts, pass);
  const version = `${found.head.version ?? ''}:${stamp}`;
  const head = { ...found.head, version };
  return { name, found: { ...found, head, messages: count }, stamp: `${head.id} ${version}` };
}

async function stampsOf({ files, tmp }: FileGroup, pass: FilePass): Promise<string> {
  const all = tmp === null ? files : [...files, tmp];
  return (await Promise.all(all.map((file) => pass.stamp(file)))).join(' ');
}

/**
 * Changes when a message comes or goes, and when the newest is written over: it is the one that may still be growing. Where
 * the platform knows sizes without opening, with any of them.
 */
export async function messagesStamp(
  sessionId: string,
  layouts: readonly Layout[],
  pass: FilePass,
): Promise<{ count: number; stamp: string }> {
  const groups = groupFiles(await messageListings(sessionId, layouts, pass));
  const newest = groups.at(-1)?.files[0];
  const stamps = groups.map(({ name, files, tmp }) => {
    return `${name}:${files.map((file) => file.size ?? '').join()}${tmp === null ? '' : '~'}`;
  });
  if (newest !== undefined) stamps.push(await pass.stamp(newest));
  return { count: groups.length, stamp: `${groups.length}:${shortHash(stamps)}` };
}

/** The files of a session's messages, newest generation first. */
export async function messageListings(
  sessionId: string,
  layouts: readonly Layout[],
  pass: FilePass,
): Promise<(readonly SourceFile[])[]> {
  const listings: (readonly SourceFile[])[] = [];
  for (const layout of layouts) {
    const folder = (await layout.messageFolders(pass)).get(sessionId);
    if (folder !== undefined) listings.push((await pass.list(folder, 'message')).files);
  }
  return listings;
}

/** One of each id: the one in the file of that name, else the first. */
function keep(sessions: Map<string, FoundSession>, found: FoundSession): void {
  const { id } = found.head;
  if (!sessions.has(id) || found.group.name === id) sessions.set(id, found);
}

/**
 * Messages whose session file is gone can't be placed. Empty folders are what OpenCode leaves of deleted sessions.
 *
 * @param known sessions that were found, or whose file could not be read: that was told
 * @returns changes with what was told
 */
async function tellStrays(layout: Layout, known: ReadonlySet<string>, pass: FilePass): Promise<string[]> {
  const strays = [...(await layout.messageFolders(pass)).values()].filter(({ name }) => !known.has(name));
  const list = async (folder: SourceFolder, own: FilePass): Promise<{ folder: SourceFolder; count: number }> => {
    return { folder, count: groupFiles([(await own.list(folder)).files]).length };
  };
  const stamps: string[] = [];
  for await (const { folder, count } of pass.inOrder(strays, AT_ONCE, list)) {
    if (count === 0) continue;
    stamps.push(`${folder.name} ${count}`);
    const text = `${count} messages belong to session ${folder.name}, whose file is gone. They were left out.`;
    pass.warned('damaged-row', folder.name, text, folder.path);
  }
  return stamps;
}
