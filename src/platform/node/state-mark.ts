import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST } from './file-store.ts';
import { isMissing } from './system-error.ts';

/** A text that is another one after every commit to a state folder; empty where there is none. Reads no file. */
export async function stateMark(folder: string): Promise<string> {
  try {
    const { ino, mtimeNs, size } = await stat(join(folder, MANIFEST), { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}
