/** What crosses between the page and the worker of backups: files, not texts of many megabytes. */
import type { Problem } from '../../core/model/problem.ts';
import type { RestorePreview } from '../../core/workspace.ts';

export type RestoreOutcome =
  { readonly ok: true; readonly preview: RestorePreview } | { readonly ok: false; readonly problem: Problem };

export interface BackupApi {
  /** @param passphrase seals it; empty: it is not sealed */
  save(passphrase: string): Promise<Blob>;
  /** What a restore would replace. Changes nothing. */
  preview(file: Blob, passphrase: string): Promise<RestoreOutcome>;
  restore(file: Blob, passphrase: string): Promise<RestoreOutcome>;
}
