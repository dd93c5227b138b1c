/** Which rows of a virtual list a person sees: the list itself counts those it renders ahead, too. */
export function rowsInSight(list: HTMLElement | null): { readonly first: number; readonly last: number } | null {
  if (list === null) return null;
  const { top, bottom } = list.getBoundingClientRect();
  const seen = [...list.querySelectorAll<HTMLElement>('[data-index]')].filter((row) => {
    const place = row.getBoundingClientRect();
    return place.bottom > top + 1 && place.top < bottom - 1;
  });
  const numbers = seen.map((row) => Number(row.dataset.index));
  return numbers.length === 0 ? null : { first: Math.min(...numbers), last: Math.max(...numbers) };
}
