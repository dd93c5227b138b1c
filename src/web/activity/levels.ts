/** How strong a cell of a heat map is: 0 for nothing, else 1 to 4, the strongest for the most. */
export function levelOf(ms: number, most: number): number {
  if (ms <= 0 || most <= 0) return 0;
  return Math.min(4, Math.max(1, Math.ceil((ms / most) * 4)));
}

const OPACITIES = [0, 0.2, 0.42, 0.68, 1];

export function opacityOf(level: number): number {
  return OPACITIES[level] ?? 1;
}
