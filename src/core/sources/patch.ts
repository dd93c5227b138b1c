import type { Hunk } from '../model/transcript.ts';

const HEADER = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The hunks of a unified diff. Empty when the text is none. */
export function hunksOfPatch(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  let open: { readonly oldStart: number; readonly newStart: number; readonly lines: string[] } | null = null;
  const close = (): void => {
    if (open !== null) hunks.push(hunkOf(open.oldStart, open.newStart, open.lines));
  };
  for (const line of patch.split('\n')) {
    const header = HEADER.exec(line);
    if (header !== null) {
      close();
      open = { oldStart: Number(header[1]), newStart: Number(header[2]), lines: [] };
    } else if (/^[-+ ]/.test(line)) open?.lines.push(line);
  }
  close();
  return hunks;
}

/** @param lines each after a `-`, a `+` or a space; others count for nothing */
export function hunkOf(oldStart: number | null, newStart: number | null, lines: readonly string[]): Hunk {
  const side = (marks: string): string =>
    lines
      .filter((line) => marks.includes(line.charAt(0)) && line !== '')
      .map((line) => line.slice(1))
      .join('\n');
  return { oldStart, newStart, old: side(' -'), new: side(' +') };
}
