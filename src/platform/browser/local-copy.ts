import type { LocalCopy } from './copied-store.ts';
import type { Space } from './space.ts';

/** The page's small storage, for a worker that may have no database. */
export function localCopy(space: Space): LocalCopy {
  const key = keyOf(space);
  return {
    read: () => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write: (text) => {
      try {
        localStorage.setItem(key, text);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Forgets the copy of a space. */
export function dropLocalCopy(space: Space): void {
  try {
    localStorage.removeItem(keyOf(space));
  } catch {
    // nothing was kept there either
  }
}

function keyOf(space: Space): string {
  return `dramatis.copy.${space}`;
}
