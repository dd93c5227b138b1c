import type { Page } from '@playwright/test';

const ATTEMPTS = 3;

/** Drops files or folders of this machine the way the system does: the page gets real handles. */
export async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    window.addEventListener('drop', () => document.documentElement.setAttribute('data-dropped', ''), { once: true });
  });
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await cdp.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    }
    if (await isDropped(page)) break;
  }
  await cdp.detach();
}

/** On a busy machine Chromium loses one now and then: a page that did not answer in time to what was held over it gets no drop. */
async function isDropped(page: Page): Promise<boolean> {
  const mark = page.locator('html[data-dropped]');
  const isThere = await mark.waitFor({ state: 'attached', timeout: 2000 }).then(
    () => true,
    () => false,
  );
  if (isThere) await page.evaluate(() => document.documentElement.removeAttribute('data-dropped'));
  return isThere;
}

/** Drops files as a browser without the File System Access API hands them out: as `File` objects alone. */
export async function dropFileObjects(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.id = 'files-to-drop';
    input.hidden = true;
    document.body.append(input);
  });
  await page.setInputFiles('#files-to-drop', [...paths]);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#files-to-drop');
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
    input?.remove();
  });
}
