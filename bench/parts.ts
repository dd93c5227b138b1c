import { readFileSync, writeFileSync } from 'node:fs';

/** Writes one part of the document, and leaves the others as they are. */
export function writePart(path: string, name: string, text: string): void {
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), name, text));
}

/** The part between its two marks; a new one comes last. */
export function withPart(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const part = `${begin}\n\n${text.trim()}\n\n${end}`;
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to < from) return `${document.trimEnd()}\n\n${part}\n`;
  return `${document.slice(0, from)}${part}${document.slice(to + end.length)}`;
}
