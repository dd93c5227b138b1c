/** Paths in the folder of the built app (default `dist`): `assets/index-1a2b3c.js`. */
export function firstLoadScripts(dist?: string): string[];
