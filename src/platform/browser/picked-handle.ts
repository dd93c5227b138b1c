import type { PickedFile } from './browser-file.ts';

/** A file behind a handle, with the file as it is now. */
export async function pickedHandle(handle: FileSystemFileHandle): Promise<PickedFile> {
  return { file: await handle.getFile(), handle, path: handle.name, folderSeen: false };
}
