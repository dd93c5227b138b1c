/** How a persona is told apart: a colour, a shape and an initial, the same wherever it appears. */
export interface PersonaSign {
  /** `var(--persona-3)` */
  readonly color: string;
  /** Which of {@link SHAPES}. */
  readonly shape: number;
  readonly initial: string;
}

/** Outlines in a box of 24 by 24. */
export const SHAPES: readonly string[] = [
  'M12 1a11 11 0 1 1 0 22a11 11 0 0 1 0-22z',
  'M3 2h18a1 1 0 0 1 1 1v18a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1z',
  'M12 0l12 12l-12 12l-12-12z',
  'M6.500 1.500h11l6 10.500l-6 10.500h-11l-6-10.500z',
  'M2 2h20v12a10 10 0 0 1-20 0z',
  'M2 22V12a10 10 0 0 1 20 0v10z',
  'M8 1.500h8l6.500 6.500v8l-6.500 6.500h-8l-6.500-6.500v-8z',
  'M12 .5l11.500 8.700l-4.400 13.800h-14.200l-4.400-13.800z',
];

const COLORS = 8;

/** The agents most people have never share a sign. */
const KNOWN: Readonly<Record<string, number>> = {
  build: 0,
  plan: 1,
  general: 2,
  explore: 3,
  main: 4,
  review: 5,
  reviewer: 5,
};

/** @param id `opencode:build` */
export function personaSign(id: string, name: string): PersonaSign {
  const agent = id.slice(id.indexOf(':') + 1);
  const hash = hashOf(id);
  const place = KNOWN[agent] ?? hash % COLORS;
  const shape = agent in KNOWN ? place : (hash >>> 8) % SHAPES.length;
  const first = name.trim().codePointAt(0);
  const initial = first === undefined ? '?' : String.fromCodePoint(first).toUpperCase();
  return { color: `var(--persona-${place})`, shape, initial };
}

/** FNV-1a, 32 bits */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
