import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { problem, ProblemError } from '../../core/model/problem.ts';

/**
 * Which file holds which key. The manifest is the commit point: a file it does not name does not count, whatever it holds.
 */
export interface Manifest {
  /** Grows with every commit. */
  readonly commit: number;
  readonly files: ReadonlyMap<string, string>;
}

export const EMPTY_MANIFEST: Manifest = { commit: 0, files: new Map() };

const FORMAT = 1;
const StoredManifest = v.object({
  format: v.literal(FORMAT),
  commit: v.pipe(v.number(), v.integer(), v.minValue(0)),
  files: v.array(v.tuple([v.string(), v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]*$/))])),
});

/** Only to tell a manifest of a later version from a damaged one. */
const LaterManifest = v.object({ format: v.pipe(v.number(), v.minValue(FORMAT + 1)) });

export function encodeManifest(manifest: Manifest): string {
  return `${JSON.stringify({ format: FORMAT, commit: manifest.commit, files: [...manifest.files] })}\n`;
}

/** Throws ProblemError `state-newer` or `state-unreadable`: then nothing may be written over it. */
export function decodeManifest(text: string, path: string): Manifest {
  const value = parseJson(text);
  const stored = v.safeParse(StoredManifest, value);
  if (stored.success) return { commit: stored.output.commit, files: new Map(stored.output.files) };
  if (v.is(LaterManifest, value)) {
    const words =
      'What is stored here was written by a later version of Dramatis. Update the program; nothing was touched.';
    throw new ProblemError(problem('state-newer', 'error', path, words));
  }
  const words = `${path} can't be read, so nothing was touched. Put the folder back from a backup, or move it away to begin anew.`;
  throw new ProblemError(problem('state-unreadable', 'error', path, words));
}

/**
 * A file name for a key that every system takes: lower-case letters, digits and dashes, no reserved name, at most 70 characters,
 * different for keys that differ only in case. `state/persona/opencode:build` -> `g-state-persona-opencode-build-5f0c….12.json`
 */
export function fileNameFor(key: string, commit: number): string {
  const words = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  // utf16le keeps apart what UTF-8 can't write, a lone surrogate
  const hash = createHash('sha256').update(Buffer.from(key, 'utf16le')).digest('hex').slice(0, 16);
  return `g-${words === '' ? '' : `${words}-`}${hash}.${commit}.json`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not JSON is one more way of not being a manifest
  }
}
