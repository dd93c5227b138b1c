import { problem, ProblemError } from '../model/problem.ts';

/** Where `npm start` serves the app and a relay. */
export const USUAL_RELAY = 'http://127.0.0.1:4173';

/**
 * The address of a relay as requests need it: what a person typed, without what follows the path.
 *
 * @throws ProblemError `relay-refused` when it is none
 */
export function relayAddress(typed: string): string {
  const text = typed.trim();
  try {
    const { protocol, origin, pathname, username } = new URL(text.includes('://') ? text : `https://${text}`);
    if (/^https?:$/.test(protocol) && username === '') return origin + pathname.replace(/\/+$/, '');
  } catch {
    // said below
  }
  const message = `"${text}" is not the address of a relay. It looks like https://relay.example.org.`;
  throw new ProblemError(problem('relay-refused', 'error', 'relay', message));
}
