/** What of a sync a person has to be told. */
import { problem, type ProblemCode, ProblemError } from '../model/problem.ts';
import { REMEMBERED_DAYS } from '../state/deletions.ts';

/** @param hasBegun something was taken over, or may have been written */
export function cancelled(hasBegun: boolean): ProblemError {
  return told(
    'cancelled',
    hasBegun
      ? 'Cancelled. What was taken from the vault and written to it by then stays; the next sync does the rest.'
      : 'Cancelled. Nothing was taken from the vault, and nothing written to it.',
  );
}

export function vaultGone(): ProblemError {
  return told(
    'vault-gone',
    'The vault is not on the relay any more: it was deleted there, or from another device. What is here is complete. Make it again from here, or turn sync off.',
  );
}

export function goneWhileAway(): ProblemError {
  return told(
    'vault-gone',
    `The vault is not on the relay any more, and this device has not synced for more than ${REMEMBERED_DAYS} days: it does not know what was deleted meanwhile. Make the vault again from a device that synced later. When there is none, turn sync off and make a new one.`,
  );
}

/** Deletions are remembered for so long: what was deleted elsewhere meanwhile would come back from here. */
export function awayTooLong(): ProblemError {
  return told(
    'away-too-long',
    `What is kept here was last in step with a vault more than ${REMEMBERED_DAYS} days ago: what was deleted elsewhere meanwhile would come back from here. Start from the vault instead. What only this device had comes back with its next import, but for changes made to it by hand.`,
  );
}

export function othersWrite(): ProblemError {
  return told('sync-busy', 'Other devices write all the time. What is here is complete; sync again later.');
}

export function stateReplaced(): ProblemError {
  return told('sync-busy', 'What is kept here was replaced while it was synced. Sync again.');
}

export function vaultNewer(what: string): ProblemError {
  return told(
    'vault-newer',
    `A device with a later version of Dramatis has written to the vault (${what}). Update this one; nothing was changed.`,
  );
}

export function vaultUnreadable(reason: string): ProblemError {
  return told('vault-damaged', `A part of the vault can't be read (${reason}). Nothing of it was taken over.`);
}

function told(code: ProblemCode, message: string): ProblemError {
  return new ProblemError(problem(code, 'error', 'vault', message));
}
