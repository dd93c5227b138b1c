/** Choosing with the system's dialogs: handles where the browser has them, file inputs where not. */
import { openDirectoryPicker, openFilePicker } from './file-system-access.ts';
import type { Picked } from './picked.ts';
import { labelOf } from './picked.ts';
import { pickedHandle } from './picked-handle.ts';
import { isAllowed, isWanted } from './wanted.ts';

/** Null when the person closed the dialog. Only during a click. */
export async function pickFolder(): Promise<Picked | null> {
  const asked = openDirectoryPicker();
  if (asked === null) return pickFolderWithInput();
  const handle = await unlessClosed(asked);
  if (handle === null) return null;
  return { entries: [{ kind: 'handle', handle }], handles: [handle], label: handle.name };
}

/** Null when the person closed the dialog. Only during a click. */
export async function pickFiles(): Promise<Picked | null> {
  const asked = openFilePicker();
  if (asked === null) return pickFilesWithInput();
  const handles = await unlessClosed(asked);
  if (handles === null) return null;
  const entries = await Promise.all(handles.map((handle) => pickedHandle(handle)));
  return { entries, handles, label: labelOf(handles.map(({ name }) => name)) };
}

async function pickFolderWithInput(): Promise<Picked | null> {
  const chosen = await chooseWithInput('folder');
  const [first] = chosen;
  if (first === undefined) return null;
  const name = first.webkitRelativePath.split('/')[0] ?? first.name;
  const files = chosen
    .filter((file) => isWanted(file.name) && file.webkitRelativePath.split('/').every(isAllowed))
    .map((file) => ({ file, handle: null, path: file.webkitRelativePath, folderSeen: true }));
  return { entries: [{ kind: 'list', name, files }], handles: [], label: name };
}

async function pickFilesWithInput(): Promise<Picked | null> {
  const chosen = await chooseWithInput('files');
  if (chosen.length === 0) return null;
  const entries = chosen.map((file) => ({ file, handle: null, path: file.name, folderSeen: false }));
  return { entries, handles: [], label: labelOf(chosen.map(({ name }) => name)) };
}

function chooseWithInput(what: 'folder' | 'files'): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.webkitdirectory = what === 'folder';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}

async function unlessClosed<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}
