import { personaSign, SHAPES } from './persona-sign.ts';

/** The persona's sign. Decoration: its name always stands beside it. */
export function PersonaMark({ id, name, size = 24 }: { id: string; name: string; size?: number }) {
  const { color, shape, initial } = personaSign(id, name);
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable="false" style={{ flex: 'none' }}>
      <path d={SHAPES[shape]} fill={color} />
      <text
        x="12"
        y="16.4"
        textAnchor="middle"
        fontFamily="var(--serif)"
        fontSize="12.500"
        fontWeight="600"
        fill="var(--on-persona)"
      >
        {initial}
      </text>
    </svg>
  );
}
