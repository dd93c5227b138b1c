/** The parts of the File System Access API that TypeScript's DOM library does not know, and whether they are here. */

interface ReadPermission {
  readonly mode: 'read';
}

/** What a FileSystemObserver tells of one change. */
export interface FileSystemChangeRecord {
  readonly type: 'appeared' | 'disappeared' | 'modified' | 'moved' | 'unknown' | 'errored';
  /** From what is observed down to what changed. */
  readonly relativePathComponents?: readonly string[] | null;
  /** Of what moved: from where. */
  readonly relativePathMovedFrom?: readonly string[] | null;
}

interface FileSystemObserver {
  observe(handle: FileSystemHandle, options: { recursive: boolean }): Promise<void>;
  disconnect(): void;
}

declare global {
  // oxlint-disable-next-line no-var -- what the browser gives is declared as it is
  var FileSystemObserver:
    (new (callback: (records: readonly FileSystemChangeRecord[]) => void) => FileSystemObserver) | undefined;

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

const READ: ReadPermission = { mode: 'read' };

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

/** As it stands, without asking. */
export async function permissionOf(handle: FileSystemHandle): Promise<PermissionState> {
  return (await handle.queryPermission?.(READ)) ?? 'prompt';
}

/** Asks the person when the browser wants them asked. Only during a click. */
export async function mayRead(handle: FileSystemHandle): Promise<boolean> {
  if ((await permissionOf(handle)) === 'granted') return true;
  return (await handle.requestPermission?.(READ)) === 'granted';
}
