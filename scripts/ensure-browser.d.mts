export interface Browser {
  /** The executable. */
  readonly path: string;
  /** To be set on top of the environment when it is started. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it came from, for people. */
  readonly via: string;
}

/** Finds a Chromium that runs here, or provides one without Playwright's download. Throws when there is none to be had. */
export function ensureBrowser(): Promise<Browser>;
