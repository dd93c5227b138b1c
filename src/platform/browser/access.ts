/** Whether a connected place can be read now. */
import type { Connected } from './connected.ts';
import { isDirectory, isFile, mayRead, permissionOf } from './file-system-access.ts';

/** `ask`: the browser wants the person asked again, which needs a click. `gone`: it is not where it was. */
export type Access = 'granted' | 'ask' | 'gone';

export async function accessOf({ handles }: Connected): Promise<Access> {
  for (const handle of handles) {
    if ((await permissionOf(handle)) !== 'granted') return 'ask';
    if (!(await isThere(handle))) return 'gone';
  }
  return 'granted';
}

/** Asks the person where the browser wants them asked. Only during a click. */
export async function askAccess(place: Connected): Promise<Access> {
  for (const handle of place.handles) if (!(await mayRead(handle))) return 'ask';
  return accessOf(place);
}

async function isThere(handle: FileSystemHandle): Promise<boolean> {
  try {
    if (isDirectory(handle)) await handle.keys().next();
    else if (isFile(handle)) await handle.getFile();
    return true;
  } catch (error) {
    // anything else is told by the import, with its reason
    return !(error instanceof DOMException && error.name === 'NotFoundError');
  }
}
