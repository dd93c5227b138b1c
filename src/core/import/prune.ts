import { DAY_MS } from '../model/constants.ts';

/** A kept message as pruning sees it. Exists only during an import. */
export interface MiniMessage {
  readonly id: string;
  readonly timestamp: number;
  /** All four extractions have finished for it. */
  readonly extracted: boolean;
}

/** A message just read from a source and not kept yet. Exists only during an import. */
export interface ExternalMessage {
  readonly id: string;
  readonly timestamp: number;
  readonly isExternal: true;
  readonly sessionId: string;
}

export type MergedMessage = MiniMessage | ExternalMessage;

export interface PruneRule {
  readonly minMessages: number;
  readonly maxAgeDays: number;
}

export function isExternal(message: MergedMessage): message is ExternalMessage {
  return 'isExternal' in message;
}

/**
 * Step 3 of an import: kept and external messages of one persona in one line, by timestamp then id, one entry an id. A kept
 * message wins over an external one of the same id.
 */
export function mergeMessages(kept: readonly MiniMessage[], external: readonly ExternalMessage[]): MergedMessage[] {
  const byId = new Map<string, MergedMessage>();
  for (const message of external) byId.set(message.id, message);
  for (const message of kept) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
}

/**
 * Step 4 of an import: the ids to drop from a merged line. At or below `minMessages` nothing is dropped. Else from the
 * oldest on: stop as soon as only `minMessages` would remain, or the message is not older than `maxAgeDays`; drop it if it
 * is external or fully extracted; step over an old kept message that is not.
 *
 * @param messages oldest first, as {@link mergeMessages} gives them
 * @param now ms since 1970
 */
export function pruneImportMessages(messages: readonly MergedMessage[], now: number, rule: PruneRule): Set<string> {
  const dropped = new Set<string>();
  const youngest = now - rule.maxAgeDays * DAY_MS;
  let remaining = messages.length;
  for (const message of messages) {
    if (remaining <= rule.minMessages) break;
    if (message.timestamp >= youngest) break;
    if (!isExternal(message) && !message.extracted) continue;
    dropped.add(message.id);
    remaining -= 1;
  }
  return dropped;
}

/**
 * The same, but the newest `minMessages` stay, whatever waits before them: when what waits is done it goes, on whichever device, and
 * the minimum is still there.
 */
export function pruneKeepingNewest(messages: readonly MergedMessage[], now: number, rule: PruneRule): Set<string> {
  const dropped = pruneImportMessages(messages, now, rule);
  for (const { id } of messages.slice(Math.max(0, messages.length - rule.minMessages))) dropped.delete(id);
  return dropped;
}
