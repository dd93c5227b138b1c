/** Folders of the browser's own file system: as real handles as the disk's, and allowed without asking. */
import type { Page } from '@playwright/test';

/** Makes the system's folder dialog, which can't be driven, choose this folder. */
export async function pickOwnFolder(page: Page, name: string): Promise<void> {
  await page.addInitScript((folder) => {
    window.showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
  }, name);
}

/** @param path from the folder's own name on, `.claude/projects/a.jsonl` */
export async function writeOwnFile(page: Page, path: string, content: string): Promise<void> {
  await page.evaluate(
    async ([names, text]) => {
      let folder = await navigator.storage.getDirectory();
      for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
      const file = await folder.getFileHandle(names.at(-1) ?? '', { create: true });
      const writable = await file.createWritable();
      await writable.write(text);
      await writable.close();
    },
    [path.split('/'), content] as const,
  );
}

export async function removeOwn(page: Page, path: string): Promise<void> {
  await page.evaluate(async (names) => {
    let folder = await navigator.storage.getDirectory();
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
    await folder.removeEntry(names.at(-1) ?? '', { recursive: true });
  }, path.split('/'));
}
