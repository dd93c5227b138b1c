/** The messages of one session after the other: first the heads of a session, then its messages with their parts, in order. */
import type { Stretch } from '../../model/activity.ts';
import type { SourceFile, SourceFolder } from '../byte-source.ts';
import { messageHead, workingFolder } from '../opencode-shared/message-rules.ts';
import { spokenText, toolRun, toolStart } from '../opencode-shared/part-rules.ts';
import { named } from '../opencode-shared/session-rules.ts';
import type { MessageHead, SessionHead, TextPiece, ToolCall } from '../source.ts';
import type { Skim } from './file-access.ts';
import type { FileGroup } from './file-groups.ts';
import { groupFiles } from './file-groups.ts';
import type { FilePass } from './file-pass.ts';
import type { Layout } from './layout.ts';
import { messageListings } from './scan.ts';

const AT_ONCE = 48;

/** A session whose messages are known, but not their parts. */
export interface OpenSession {
  readonly head: SessionHead;
  /** The folder that only the messages say, or null. */
  readonly folder: string | null;
  /** By time and id. */
  readonly messages: readonly OpenMessage[];
  /** Folders of parts by message id, newest generation first. */
  readonly parts: readonly ReadonlyMap<string, SourceFolder>[];
}

export interface OpenMessage {
  readonly head: MessageHead;
  readonly folder: string | null;
  /** Where it stands. */
  readonly group: FileGroup;
}

/** What a message says. */
export interface ReadMessage {
  readonly head: MessageHead;
  /** In part order. */
  readonly texts: readonly TextPiece[];
  readonly toolCalls: readonly ToolCall[];
}

/** Reads all message files of a session. */
export async function openSession(head: SessionHead, layouts: readonly Layout[], pass: FilePass): Promise<OpenSession> {
  const groups = groupFiles(await messageListings(head.id, layouts, pass));
  const byId = new Map<string, OpenMessage>();
  for await (const message of pass.inOrder(groups, AT_ONCE, (group, own) => readHead(group, head.id, own))) {
    if (message === null || (byId.has(message.head.id) && message.name !== message.head.id)) continue;
    byId.set(message.head.id, message);
  }
  const messages = [...byId.values()].sort((a, b) => a.head.time - b.head.time || (a.head.id < b.head.id ? -1 : 1));
  const parts = messages.length === 0 ? [] : await partsOf(head.id, layouts, pass);
  const folder = head.directory === '' ? messages.find((message) => message.folder !== null)?.folder : null;
  return { head, folder: folder ?? null, messages, parts };
}

/** Folders of the parts of a session's messages. */
export async function partsOf(
  sessionId: string,
  layouts: readonly Layout[],
  pass: FilePass,
): Promise<OpenSession['parts']> {
  return Promise.all(layouts.map((layout) => layout.partFolders(sessionId, pass)));
}

async function readHead(
  group: FileGroup,
  sessionId: string,
  pass: FilePass,
): Promise<(OpenMessage & { readonly name: string }) | null> {
  const reading = await pass.newest(group, 'message');
  if (reading === null) return null;
  const id = named(reading.data['id']) ?? group.name;
  const head = messageHead(reading.data, { id, sessionId });
  if (typeof head !== 'string') return { head, folder: workingFolder(reading.data), name: group.name, group };
  const text = `Message ${id} could not be read: ${head}. It was left out.`;
  pass.skipped('damaged-row', id, text, 'message', group.files[0]?.path ?? '');
  return null;
}

/** True when there are parts of every message. */
export function hasAllParts({ messages, parts }: OpenSession): boolean {
  return messages.every(({ head }) => parts.some((folders) => folders.has(head.id)));
}

/** Reads the parts of a message. */
export async function readMessage(head: MessageHead, { parts }: OpenSession, pass: FilePass): Promise<ReadMessage> {
  const texts = new Map<string, TextPiece>();
  const toolCalls = new Map<string, ToolCall>();
  const { id: messageId, sessionId } = head;
  for await (const part of pass.inOrder(await partGroups(head.id, parts, pass), AT_ONCE, readPart)) {
    if (part === null) continue;
    const { id: partId, text, tool, run } = part;
    if (text !== null && !texts.has(partId)) texts.set(partId, { messageId, sessionId, partId, text });
    if (tool && !toolCalls.has(partId))
      toolCalls.set(partId, { messageId, sessionId, time: part.start ?? head.time, run: run ?? undefined });
  }
  const inPartOrder = [...texts.values()].sort((a, b) => (a.partId < b.partId ? -1 : 1));
  return { head, texts: inPartOrder, toolCalls: [...toolCalls.values()] };
}

/** The files of the parts of a message, of all generations. */
export async function partGroups(
  messageId: string,
  parts: OpenSession['parts'],
  pass: FilePass,
): Promise<readonly FileGroup[]> {
  const listings: (readonly SourceFile[])[] = [];
  for (const folders of parts) {
    const folder = folders.get(messageId);
    if (folder !== undefined) listings.push((await pass.list(folder, 'part')).files);
  }
  return groupFiles(listings);
}

interface Part {
  readonly id: string;
  readonly text: string | null;
  readonly tool: boolean;
  /** ms */
  readonly start: number | null;
  readonly run: Stretch | null;
}

/** Files, reasoning and the like may be large and are not needed; of a tool call that is too large, only that it was. */
const skim: Skim = (type, tooLarge) => type !== null && type !== 'text' && (type !== 'tool' || tooLarge);

async function readPart(group: FileGroup, pass: FilePass): Promise<Part | null> {
  const reading = await pass.newest(group, 'part', skim);
  if (reading === null) return null;
  const { data } = reading;
  const tool = data['type'] === 'tool';
  const times = tool ? { start: toolStart(data), run: toolRun(data) } : { start: null, run: null };
  return { id: named(data['id']) ?? group.name, text: spokenText(data), tool, ...times };
}
