/** Choosing with the system's dialogs: handles where the browser has them, file inputs where not. */
import { openDirectoryPicker, openFilePicker } from './file-system-access.ts';
import { handleFolder, listFolder, pickedHandle } from './folders.ts';
import type { Picked } from './picked.ts';
import { labelOf } from './picked.ts';
import { walk } from './walk.ts';

/** Null when the person closed the dialog. Only during a click. */
export async function pickFolder(signal: AbortSignal): Promise<Picked | null> {
  const asked = openDirectoryPicker();
  if (asked === null) return pickWithInput('folder', signal);
  const handle = await unlessClosed(asked);
  if (handle === null) return null;
  return { files: await walk(handleFolder(handle), signal), handles: [handle], label: handle.name };
}

/** Null when the person closed the dialog. Only during a click. */
export async function pickFiles(signal: AbortSignal): Promise<Picked | null> {
  const asked = openFilePicker();
  if (asked === null) return pickWithInput('files', signal);
  const handles = await unlessClosed(asked);
  if (handles === null) return null;
  const files = await Promise.all(handles.map((handle) => pickedHandle(handle)));
  return { files, handles, label: labelOf(handles.map(({ name }) => name)) };
}

async function pickWithInput(what: 'folder' | 'files', signal: AbortSignal): Promise<Picked | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.webkitdirectory = what === 'folder';
  const chosen = await new Promise<File[]>((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
  const [first] = chosen;
  if (first === undefined) return null;
  if (what === 'folder') {
    const label = first.webkitRelativePath.split('/')[0] ?? first.name;
    return { files: await walk(listFolder(chosen), signal), handles: [], label };
  }
  const files = chosen.map((file) => ({ file, handle: null, path: file.name, folderSeen: false }));
  return { files, handles: [], label: labelOf(chosen.map(({ name }) => name)) };
}

async function unlessClosed<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}
