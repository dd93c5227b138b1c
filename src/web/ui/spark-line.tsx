const WIDTH = 208;
const HEIGHT = 28;
const GAP = 2;
/** A week with a message is never invisible. */
const LEAST = 2;

/** Messages a week as bars, oldest left. */
export function SparkLine({ values, color, label }: { values: readonly number[]; color: string; label: string }) {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(values.length, 12);
  const start = WIDTH - step * values.length;
  const bars = values.map((value, at) => {
    const height = value === 0 ? 0 : Math.max(LEAST, (value / most) * (HEIGHT - 1));
    const x = start + at * step;
    return `M${x.toFixed(1)} ${HEIGHT - 1}v${(-height).toFixed(1)}h${(step - GAP).toFixed(1)}v${height.toFixed(1)}z`;
  });
  return (
    <>
      <span className="visually-hidden">{label}</span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        preserveAspectRatio="none"
        aria-hidden
        focusable="false"
      >
        <path d={`M0 ${HEIGHT - 0.5}h${WIDTH}`} stroke="var(--hairline)" />
        <path d={bars.join('')} fill={color} />
      </svg>
    </>
  );
}
