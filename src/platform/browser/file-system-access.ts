/** The parts of the File System Access API that TypeScript's DOM library does not know, and whether they are here. */

interface ReadPermission {
  readonly mode: 'read';
}

declare global {
  interface Window {
    showDirectoryPicker?: (options: { id: string; mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
    showOpenFilePicker?: (options: { id: string; multiple: true }) => Promise<FileSystemFileHandle[]>;
  }

  interface DataTransferItem {
    getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
  }

  interface FileSystemHandle {
    queryPermission?: (permission: ReadPermission) => Promise<PermissionState>;
    requestPermission?: (permission: ReadPermission) => Promise<PermissionState>;
  }
}

/** Whether folders can be picked as handles, which can be read again later. */
export function hasHandles(): boolean {
  return window.showDirectoryPicker !== undefined;
}

export function openDirectoryPicker(): Promise<FileSystemDirectoryHandle> | null {
  return window.showDirectoryPicker?.({ id: 'dramatis', mode: 'read' }) ?? null;
}

export function openFilePicker(): Promise<FileSystemFileHandle[]> | null {
  return window.showOpenFilePicker?.({ id: 'dramatis', multiple: true }) ?? null;
}

/** Null where the browser gives none. To be called during the drop: the item is gone afterwards. */
export function handleOf(item: DataTransferItem): Promise<FileSystemHandle | null> | null {
  return item.getAsFileSystemHandle?.() ?? null;
}

export function isDirectory(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}

export function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

/** Asks the person when the browser wants them asked. Only during a click. */
export async function mayRead(handle: FileSystemHandle): Promise<boolean> {
  const read: ReadPermission = { mode: 'read' };
  if ((await handle.queryPermission?.(read)) === 'granted') return true;
  return (await handle.requestPermission?.(read)) === 'granted';
}
