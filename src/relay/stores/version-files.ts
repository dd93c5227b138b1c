/** `ledger`, 3 -> `6c6564676572.3`. In hex, because some file systems don't tell upper from lower case. */
export function versionFile(shard: string, number: number): string {
  return `${Buffer.from(shard).toString('hex')}.${number}`;
}

/** The highest number of each shard in a folder's listing. */
export function versionsOf(names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of names) {
    const dot = name.indexOf('.');
    const hex = name.slice(0, dot);
    found.set(hex, Math.max(found.get(hex) ?? 0, Number(name.slice(dot + 1))));
  }
  return new Map([...found].map(([hex, number]) => [Buffer.from(hex, 'hex').toString(), number]));
}

/** The numbers of one shard in a folder's listing. */
export function numbersOf(names: readonly string[], shard: string): number[] {
  const prefix = versionFile(shard, 0).slice(0, -1);
  return names.filter((name) => name.startsWith(prefix)).map((name) => Number(name.slice(prefix.length)));
}

/** The highest number of a shard in a folder's listing; 0 when there is none. */
export function newestOf(names: readonly string[], shard: string): number {
  return Math.max(0, ...numbersOf(names, shard));
}
