import { failed } from './failures.ts';
import type { ProviderPorts } from './provider.ts';

/**
 * Why nothing came back. A browser says the same for a server that is not there and for one that does not allow this page; a
 * request whose answer nobody may read tells them apart.
 */
export async function unreachable(
  url: string,
  error: unknown,
  ports: ProviderPorts,
): Promise<ReturnType<typeof failed>> {
  const { origin: server, hostname } = new URL(url);
  if (ports.origin !== null && (await isThere(server, ports))) {
    return failed(
      'cors-refused',
      `${server} does not allow this page to ask it. ${permission(hostname, ports.origin)}`,
    );
  }
  const reason = codeOf(error);
  const why = reason === '' ? '' : ` (${reason})`;
  return failed(
    'unreachable',
    `No answer from ${server}${why}. ${isLocal(hostname) ? 'Is the program running?' : 'Are you online, and is the address right?'}${
      ports.origin === null || !isLocal(hostname) ? '' : ` ${permission(hostname, ports.origin)}`
    }`,
  );
}

/** The settings that let a page ask a program on this machine. */
function permission(hostname: string, origin: string): string {
  if (!isLocal(hostname)) return 'Its owner must allow it (CORS), or use a provider that does.';
  return `Ollama: start it with OLLAMA_ORIGINS=${origin}. LM Studio: turn on "Enable CORS" in the settings of its server. llama.cpp and vLLM: allow the origin ${origin}.`;
}

export function isLocal(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(hostname);
}

async function isThere(server: string, { fetch, after }: ProviderPorts): Promise<boolean> {
  const controller = new AbortController();
  const stop = after(3_000, () => controller.abort());
  try {
    await fetch(server, { mode: 'no-cors', credentials: 'omit', signal: controller.signal });
    return true;
  } catch {
    return false;
  } finally {
    stop();
  }
}

/** `ECONNREFUSED`, where the platform says so. */
function codeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : null;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return typeof cause.code === 'string' ? cause.code : '';
}
