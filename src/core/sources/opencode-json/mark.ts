import type { SourceFile } from '../byte-source.ts';
import { shortHash } from '../opencode-shared/short-hash.ts';
import { groupFiles } from './file-groups.ts';
import type { FilePass } from './file-pass.ts';
import type { Layout } from './layout.ts';
import { messageListings, messagesStamp } from './scan.ts';

/**
 * A short text that changes whenever a message is added to the session, or one of the named messages or its parts is
 * written. Reads no file: only names, sizes and times.
 */
export async function readMark(
  layouts: readonly Layout[],
  pass: FilePass,
  sessionId: string,
  messageIds: readonly string[],
): Promise<string> {
  const { stamp } = await messagesStamp(sessionId, layouts, pass);
  if (messageIds.length === 0) return stamp;
  const groups = groupFiles(await messageListings(sessionId, layouts, pass));
  const files = new Map(groups.map((group) => [group.name, group.files]));
  const named = messageIds.toSorted().map(async (id) => {
    const parts = await partFiles(layouts, pass, sessionId, id);
    return `${id} ${await stampsOf([...(files.get(id) ?? []), ...parts], pass)}`;
  });
  return `${stamp} ${shortHash(await Promise.all(named))}`;
}

async function partFiles(
  layouts: readonly Layout[],
  pass: FilePass,
  sessionId: string,
  messageId: string,
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const layout of layouts) {
    const folder = (await layout.partFolders(sessionId, pass)).get(messageId);
    if (folder !== undefined) files.push(...(await pass.list(folder)).files);
  }
  return files;
}

async function stampsOf(files: readonly SourceFile[], pass: FilePass): Promise<string> {
  const stamps = files.map(async (file) => `${file.name}:${await pass.stamp(file)}`);
  return (await Promise.all(stamps)).sort().join(' ');
}
