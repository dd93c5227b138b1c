/** Enough that V8 begins to collect at once. Nothing is written to it, so it takes addresses and no memory. */
const ASKED_BYTES = 600 * 1024 * 1024;
/** What fewer messages leave behind is not worth the looking. */
const MANY_MESSAGES = 20_000;

/**
 * For a moment at which much was let go and more will be asked for: left alone, an engine lets its memory grow by as much again
 * before it looks for what is free. Does nothing where that many addresses are not to be had.
 *
 * @param messages that were noted since, as a measure of how much it is
 * @returns bytes that were asked for
 */
export function collectAfter(messages: number): number {
  if (messages < MANY_MESSAGES) return 0;
  try {
    // what nobody asks about would be left out of the built program
    return new ArrayBuffer(ASKED_BYTES).byteLength;
  } catch {
    return 0;
  }
}
