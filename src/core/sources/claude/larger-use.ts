import type { TokenUse } from '../../model/activity.ts';

/** Lines of one reply tell what it took up to then: the largest counts, and the largest cost. */
export function larger(a: TokenUse | null, b: TokenUse | null): TokenUse | null {
  if (a === null || b === null) return a ?? b;
  const cost = a.cost === null || b.cost === null ? (a.cost ?? b.cost) : Math.max(a.cost, b.cost);
  const most = tokensOf(b) >= tokensOf(a) ? b : a;
  return most.cost === cost ? most : { ...most, cost };
}

function tokensOf({ input, output, cacheRead, cacheWrite }: TokenUse): number {
  return input + output + cacheRead + cacheWrite;
}
