/** The first place in `[from, to)` whose value is `value` or more; `to` when there is none. The values never fall. */
export function firstAtLeast(values: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same, for a place that is probably near `from`: looks at few values when it is. */
export function nextAtLeast(values: Float64Array, value: number, from: number, to: number): number {
  let step = 1;
  let low = from;
  while (low < to && (values[low] ?? 0) < value) {
    const next = Math.min(to, low + step);
    if (next === to || (values[next] ?? 0) >= value) return firstAtLeast(values, value, low + 1, next);
    low = next;
    step *= 2;
  }
  return low;
}
