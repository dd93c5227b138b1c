/** The address that a QR code leads to: it opens the app with the words of a vault after the `#`, which goes to no server. */

export interface Invitation {
  readonly words: string;
  /** Null: where the app came from. */
  readonly relay: string | null;
}

/** @param origin where the app was opened from */
export function joinLink(words: string, relay: string, origin: string): string {
  const told = new URLSearchParams({ join: words.replaceAll(' ', '-') });
  if (relay !== origin) told.set('relay', relay);
  return `${origin}/settings#${told.toString()}`;
}

/** What an address invites to; null when it does not. */
export function invitationIn(hash: string): Invitation | null {
  const told = new URLSearchParams(hash.replace(/^#/, ''));
  const words = told.get('join');
  return words === null ? null : { words: words.replaceAll('-', ' '), relay: told.get('relay') };
}

/** Takes the invitation out of the address, so that it stays in no history. */
export function takeInvitation(): Invitation | null {
  const invitation = invitationIn(globalThis.location.hash);
  if (invitation !== null) history.replaceState(history.state, '', globalThis.location.pathname);
  return invitation;
}
