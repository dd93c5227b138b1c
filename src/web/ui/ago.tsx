import { exact, relative } from './format.ts';
import { useNow } from './use-now.ts';

/** A relative time; the exact one on hover. */
export function Ago({ time }: { time: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(time).toISOString()} title={exact(time)}>
      {relative(time, now)}
    </time>
  );
}
