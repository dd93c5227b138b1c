/** Asks the browser not to throw away what is kept when the disk gets full. It may say no. */
export async function keepForGood(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}

/** What the whole origin uses, of what it may use. Null where the browser does not tell. */
export async function originUse(): Promise<{ readonly bytes: number; readonly quota: number } | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return usage === undefined || quota === undefined ? null : { bytes: usage, quota };
  } catch {
    return null;
  }
}
