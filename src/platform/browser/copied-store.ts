/**
 * Where the browser refuses a database: groups in memory, and a compressed copy of persona state in the page's small storage
 * (localStorage, some 5 million characters), which a worker reaches through the page.
 *
 * Contract: the copy is what was committed last, whole, or an older whole one. The catalog is not in it: it is read again with the next
 * import.
 */
import { fromBase64, toBase64 } from '../../core/base64.ts';
import { REREAD_KEY } from '../../core/import/run.ts';
import type { GroupStore, GroupWrite } from '../../core/state/group-store.ts';
import { MemoryStore } from '../../core/state/memory-store.ts';
import { STATE_PREFIX } from '../../core/state/state-keeper.ts';

/** The page's side: one text. */
export interface LocalCopy {
  read(): string | null | Promise<string | null>;
  /** False: it has no room for it, or none at all. */
  write(text: string): boolean | Promise<boolean>;
}

/** Null where not even that much can be kept. */
export async function openCopiedStore(copy: LocalCopy, mayWrite: boolean): Promise<GroupStore | null> {
  const kept = await copy.read();
  const groups = kept === null ? new Map<string, string>() : await unpacked(kept);
  if (groups.size > 0) groups.set(REREAD_KEY, 'yes');
  const store = new MemoryStore(groups);
  if (!mayWrite) return store;
  const copied = new CopiedStore(store, copy);
  return (await copied.keepCopy()) ? copied : null;
}

class CopiedStore implements GroupStore {
  readonly #memory: MemoryStore;
  readonly #copy: LocalCopy;

  constructor(memory: MemoryStore, copy: LocalCopy) {
    this.#memory = memory;
    this.#copy = copy;
  }

  keys(): Promise<string[]> {
    return this.#memory.keys();
  }

  read(keys: readonly string[]): Promise<Map<string, string>> {
    return this.#memory.read(keys);
  }

  /** A copy that has no room any more stays as it was: what is in memory goes on. */
  async commit(writes: ReadonlyMap<string, GroupWrite>): Promise<void> {
    await this.#memory.commit(writes);
    if ([...writes.keys()].some(isCopied)) await this.keepCopy();
  }

  async keepCopy(): Promise<boolean> {
    const keys = (await this.#memory.keys()).filter(isCopied);
    return this.#copy.write(await packed(await this.#memory.read(keys)));
  }
}

function isCopied(key: string): boolean {
  return key.startsWith(STATE_PREFIX);
}

async function packed(groups: ReadonlyMap<string, string>): Promise<string> {
  const stream = new Blob([JSON.stringify([...groups])]).stream().pipeThrough(new CompressionStream('gzip'));
  return toBase64(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** Nothing, when it is not what was written: then the next import makes it anew. */
async function unpacked(text: string): Promise<Map<string, string>> {
  try {
    const stream = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream('gzip'));
    const entries: unknown = await new Response(stream).json();
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
