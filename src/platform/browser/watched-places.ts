import type { SourceEntry } from '../../core/sources/byte-source.ts';
import { isFolder } from '../../core/sources/byte-source.ts';
import type { PickedEntry } from './picked.ts';
import { sourceEntry } from './source-entries.ts';
import type { ToldPath } from './told.ts';
import { WatchedFolder } from './watched-folder.ts';

/** A place whose changes are told. */
export interface WatchedPlace {
  readonly id: string;
  /** What changed since the last look that ended well; null: anything may have. */
  readonly told: readonly ToldPath[] | null;
}

/** The places that are watched, each with what was seen of it. */
export class WatchedPlaces {
  readonly #folders = new Map<string, WatchedFolder>();

  /** What a place holds, as core reads it. @param watched null when nobody tells what changes there */
  entries(picked: readonly PickedEntry[], watched: WatchedPlace | null): SourceEntry[] {
    const entries = picked.map(sourceEntry);
    const [folder] = entries;
    // files that were chosen one by one are few
    if (watched === null || folder === undefined || !isFolder(folder) || entries.length > 1) return entries;
    const known = this.#folders.get(watched.id) ?? new WatchedFolder();
    this.#folders.set(watched.id, known);
    return [known.look(folder, watched.told, Date.now())];
  }

  forget(id: string): void {
    this.#folders.delete(id);
  }
}
