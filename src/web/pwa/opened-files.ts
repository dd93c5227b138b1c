/** Files the system hands to the installed app: opened with it, or shared with it. */
import { pickedHandle } from '../../platform/browser/picked-handle.ts';
import type { Picked, PickedEntry } from '../../platform/browser/picked.ts';
import { labelOf } from '../../platform/browser/picked.ts';
import { importPicked } from '../import/import-store.ts';
import { takeShared } from './shared-files.ts';

declare global {
  interface Window {
    readonly launchQueue?: {
      setConsumer(consume: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void;
    };
  }
}

/** Imports what the app is opened with, now and whenever more is opened. */
export function takeOpened(): void {
  window.launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void importPicked(() => pickedFrom(files));
  });
  if (new URLSearchParams(window.location.search).has('shared')) void importShared();
}

async function importShared(): Promise<void> {
  window.history.replaceState(window.history.state, '', '/import');
  const files = await takeShared();
  if (files.length === 0) return;
  const entries = files.map((file): PickedEntry => ({ file, handle: null, path: file.name, folderSeen: false }));
  void importPicked(async () => ({ entries, handles: [], label: labelOf(files.map(({ name }) => name)) }));
}

async function pickedFrom(handles: readonly FileSystemHandle[]): Promise<Picked> {
  const entries = await Promise.all(handles.map(entryOf));
  return { entries, handles, label: labelOf(handles.map(({ name }) => name)) };
}

async function entryOf(handle: FileSystemHandle): Promise<PickedEntry> {
  return handle instanceof FileSystemFileHandle ? pickedHandle(handle) : folderOf(handle);
}

function folderOf(handle: FileSystemHandle): PickedEntry {
  if (handle instanceof FileSystemDirectoryHandle) return { kind: 'handle', handle };
  throw new TypeError(`${handle.name} is neither a file nor a folder`);
}
