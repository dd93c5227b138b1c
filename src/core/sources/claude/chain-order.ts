/** A line, and the one it answers. */
export interface Link {
  readonly uuid: string | null;
  readonly parent: string | null;
}

/**
 * The order of a conversation: each line after the one it answers, otherwise as the lines stand. Times are not asked, they go
 * backwards in real files. Lines that answer each other in a circle stand as they are.
 *
 * @returns for each line its place in that order
 */
export function chainOrder(links: readonly Link[]): Uint32Array {
  const lineOf = new Map<string, number>();
  links.forEach(({ uuid }, line) => {
    if (uuid !== null && !lineOf.has(uuid)) lineOf.set(uuid, line);
  });
  const places = new Uint32Array(links.length);
  const placed = new Uint8Array(links.length);
  let next = 0;
  const parentOf = (line: number): number | undefined => {
    const parent = links[line]?.parent ?? null;
    return parent === null ? undefined : lineOf.get(parent);
  };
  for (let line = 0; line < links.length; line++) {
    for (const found of unplaced(line, parentOf, placed)) {
      places[found] = next++;
      placed[found] = 1;
    }
  }
  return places;
}

/** The line and those above it that have no place yet, from the top down. */
function unplaced(line: number, parentOf: (line: number) => number | undefined, placed: Uint8Array): number[] {
  const above = parentOf(line);
  if (placed[line] === 1) return [];
  if (above === undefined || placed[above] === 1) return [line];
  const path = new Set<number>();
  for (let at: number | undefined = line; at !== undefined && placed[at] === 0 && !path.has(at); at = parentOf(at)) {
    path.add(at);
  }
  return [...path].toReversed();
}
