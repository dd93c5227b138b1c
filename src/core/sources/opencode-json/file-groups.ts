import type { SourceFile } from '../byte-source.ts';

/** Files that hold the same thing: copies in folders of several generations, and what was left of a write. */
export interface FileGroup {
  /** Without `.json`: the id, as OpenCode names its files. */
  readonly name: string;
  /** Newest generation first. Empty when only `tmp` is there. */
  readonly files: readonly SourceFile[];
  /** `<name>.json<ms>.tmp`: a write that was never finished. */
  readonly tmp: SourceFile | null;
}

const JSON_FILE = /^([^.].*)\.json$/i;
const TMP_FILE = /^([^.].*)\.json.*\.tmp$/i;

/**
 * The JSON files of folders, by name; names that differ in case are different. Others are none of ours.
 *
 * @param listings newest generation first
 */
export function groupFiles(listings: readonly (readonly SourceFile[])[]): FileGroup[] {
  const groups = new Map<string, { name: string; files: SourceFile[]; tmp: SourceFile | null }>();
  const groupOf = (name: string): { files: SourceFile[]; tmp: SourceFile | null } => {
    const known = groups.get(name) ?? { name, files: [], tmp: null };
    groups.set(name, known);
    return known;
  };
  for (const file of listings.flat()) {
    const json = JSON_FILE.exec(file.name)?.[1];
    const tmp = json === undefined ? TMP_FILE.exec(file.name)?.[1] : undefined;
    if (json !== undefined) groupOf(json).files.push(file);
    else if (tmp !== undefined) groupOf(tmp).tmp ??= file;
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
