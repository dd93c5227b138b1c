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
  const groups = await sessionGroups(layouts, pass);
  const sessions = new Map<string, FoundSession>();
  const names = new Set(groups.map(({ name }) => name));
  const known = new Set(names);
  const stamps: string[] = [];
  const scanOne = (group: FileGroup, own: FilePass): Promise<Scanned> => scanSession(group, layouts, own);
  for await (const { found, stamp } of pass.inOrder(groups, AT_ONCE, scanOne)) {
    stamps.push(stamp);
    if (found === null) continue;
    known.add(found.head.id);
    keep(sessions, found);
  }
  for (const layout of layouts) {
    for await (const { folder, count } of strays(layout, names, pass)) {
      stamps.push(strayStamp(folder, count));
      if (!known.has(folder.name)) tellStray(folder, count, pass);
    }
  }
  return { sessions, fingerprint: fingerprintOf(stamps) };
}

/** The same fingerprint as that of a whole scan, without reading any file. */
export async function scanStamps(layouts: readonly Layout[], pass: FilePass): Promise<string> {
  const groups = await sessionGroups(layouts, pass);
  const stamps: string[] = [];
  const stampOne = (group: FileGroup, own: FilePass): Promise<string> => groupStamp(group, layouts, own);
  for await (const stamp of pass.inOrder(groups, AT_ONCE, stampOne)) stamps.push(stamp);
  const names = new Set(groups.map(({ name }) => name));
  for (const layout of layouts) {
    for await (const { folder, count } of strays(layout, names, pass)) stamps.push(strayStamp(folder, count));
  }
  return fingerprintOf(stamps);
}

function fingerprintOf(stamps: readonly string[]): string {
  return `${stamps.length}:${shortHash(stamps)}`;
}

/** The files of all sessions. */
async function sessionGroups(layouts: readonly Layout[], pass: FilePass): Promise<FileGroup[]> {
  const listings: (readonly SourceFile[])[] = [];
  for (const layout of layouts) {
    const folders = await layout.sessionFolders(pass);
    for await (const { files } of pass.inOrder(folders, AT_ONCE, (folder, own) => own.list(folder, 'session'))) {
      listings.push(files);
    }
  }
  return groupFiles(listings);
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
  readonly found: FoundSession | null;
  readonly stamp: string;
}

async function scanSession(group: FileGroup, layouts: readonly Layout[], pass: FilePass): Promise<Scanned> {
  const found = await readSession(group, pass);
  const own = await messagesStamp(group.name, layouts, pass);
  const stamp = await groupStamp(group, layouts, pass, own.stamp);
  if (found === null) return { found, stamp };
  const { id, version } = found.head;
  const messages = id === group.name ? own : await messagesStamp(id, layouts, pass);
  const head = { ...found.head, version: `${version ?? ''}:${messages.stamp}` };
  return { found: { ...found, head, messages: messages.count }, stamp };
}

/** Changes with the files of a session and with those of its messages. */
async function groupStamp(
  group: FileGroup,
  layouts: readonly Layout[],
  pass: FilePass,
  messages?: string,
): Promise<string> {
  const written = messages ?? (await messagesStamp(group.name, layouts, pass)).stamp;
  return `${group.name} ${await stampsOf(group, pass)} ${written}`;
}

async function stampsOf({ files, tmp }: FileGroup, pass: FilePass): Promise<string> {
  const all = tmp === null ? files : [...files, tmp];
  return (await Promise.all(all.map((file) => pass.stamp(file)))).join(' ');
}

/** Changes when a message comes or goes, and when the newest is written over: it is the one that may still be growing. */
export async function messagesStamp(
  sessionId: string,
  layouts: readonly Layout[],
  pass: FilePass,
): Promise<{ count: number; stamp: string }> {
  const groups = groupFiles(await messageListings(sessionId, layouts, pass));
  const newest = groups.at(-1)?.files[0];
  const stamps = groups.map(({ name, files, tmp }) => {
    return `${name}:${files.length}${tmp === null ? '' : '~'}`;
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

interface Stray {
  readonly folder: SourceFolder;
  readonly count: number;
}

/**
 * Folders of messages that no session file is named after. Messages whose session file is gone can't be placed; empty folders are
 * what OpenCode leaves of deleted sessions.
 */
async function* strays(layout: Layout, names: ReadonlySet<string>, pass: FilePass): AsyncGenerator<Stray, void, void> {
  const unnamed = [...(await layout.messageFolders(pass)).values()].filter(({ name }) => !names.has(name));
  const list = async (folder: SourceFolder, own: FilePass): Promise<Stray> => {
    return { folder, count: groupFiles([(await own.list(folder)).files]).length };
  };
  for await (const stray of pass.inOrder(unnamed, AT_ONCE, list)) if (stray.count > 0) yield stray;
}

function strayStamp({ name }: SourceFolder, count: number): string {
  return `${name} ${count}`;
}

function tellStray({ name, path }: SourceFolder, count: number, pass: FilePass): void {
  const text = `${count} messages belong to session ${name}, whose file is gone. They were left out.`;
  pass.warned('damaged-row', name, text, path);
}
