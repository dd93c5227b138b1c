/** Files another app shared with this one: the service worker takes them in, the page imports them once. */

/** The address of the manifest's share target. */
export const SHARE_PATH = '/share';
/** Where the page finds them. */
export const SHARED_PATH = '/import?shared';

const CACHE = 'shared-files';
const NAME_HEADER = 'X-File-Name';

/** Keeps the files of a share until a page takes them. Gives how many. */
export async function keepShared(form: FormData): Promise<number> {
  const files = form.getAll('files').filter((value) => value instanceof File);
  const cache = await caches.open(CACHE);
  const began = Date.now();
  for (const [at, file] of files.entries()) {
    const headers = { [NAME_HEADER]: encodeURIComponent(file.name) };
    await cache.put(`/shared/${began}-${at}`, new Response(file, { headers }));
  }
  return files.length;
}

/** Takes what was shared; the next call finds nothing. */
export async function takeShared(): Promise<File[]> {
  const cache = await caches.open(CACHE);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (answer === undefined) continue;
    const name = decodeURIComponent(answer.headers.get(NAME_HEADER) ?? 'shared');
    files.push(new File([await answer.blob()], name));
    await cache.delete(request);
  }
  return files;
}
