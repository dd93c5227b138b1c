/** The worker's side of backups. */
import { ProblemError } from '../../core/model/problem.ts';
import type { RestorePreview } from '../../core/workspace.ts';
import type { BackupApi, RestoreOutcome } from './backup-api.ts';
import type { OpenSpace } from './open-space.ts';

export class BackupHost implements BackupApi {
  readonly #open: OpenSpace;

  constructor(open: OpenSpace) {
    this.#open = open;
  }

  async save(passphrase: string): Promise<Blob> {
    const text = await this.#open.workspace.backup(passphrase || undefined);
    return new Blob([text], { type: 'application/json' });
  }

  preview(file: Blob, passphrase: string): Promise<RestoreOutcome> {
    return told(async () => this.#open.workspace.previewRestore(await file.text(), passphrase || undefined));
  }

  restore(file: Blob, passphrase: string): Promise<RestoreOutcome> {
    return told(async () => {
      const text = await file.text();
      return this.#open.change((workspace) => workspace.restore(text, passphrase || undefined));
    });
  }
}

async function told(work: () => Promise<RestorePreview>): Promise<RestoreOutcome> {
  try {
    return { ok: true, preview: await work() };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}
