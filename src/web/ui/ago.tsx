import { distance, exact, relative } from './format.ts';
import { useNow } from './use-now.ts';

/** A relative time; the exact one on hover. Beside a date it never says a date itself. */
export function Ago({ time, besideDate = false }: { time: number; besideDate?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={new Date(time).toISOString()} title={exact(time)}>
      {besideDate ? distance(time, now) : relative(time, now)}
    </time>
  );
}
