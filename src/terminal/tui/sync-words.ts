import type { SyncReport, SyncStatus } from '../../core/model/sync-views.ts';
import { byteSize, counted, localTime, oneLine } from '../text.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now`, `12 min ago`. @param ms since then */
export function agoWords(ms: number): string {
  if (ms < MINUTE) return 'just now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  return ms < DAY ? `${Math.floor(ms / HOUR)} h ago` : `${counted(Math.floor(ms / DAY), 'day')} ago`;
}

export function syncReportWords({ pulled, pushed, bytesUp, bytesDown }: SyncReport): string {
  const traffic = `${byteSize(bytesUp)} up, ${byteSize(bytesDown)} down`;
  if (pulled + pushed === 0) return `Synced: nothing new, ${traffic}`;
  return `Synced: ${counted(pulled, 'part')} came, ${counted(pushed, 'part')} went; ${traffic}`;
}

/** The screen of sync, line by line. */
export function syncLines({ vault, last }: SyncStatus): string[] {
  if (vault === null) {
    return [
      'This device shares no vault with another one.',
      '',
      'To make a vault:    dramatis sync --new',
      'To join one:        dramatis sync --pair -',
      '',
      'What leaves is encrypted with 12 words that only your devices know.',
    ];
  }
  const result = last?.problem?.message ?? (last?.report ? syncReportWords(last.report) : null);
  return [
    `Relay          ${oneLine(vault.relay)}`,
    `Shared since   ${localTime(vault.since)}`,
    `Last sync      ${last === null ? 'never' : localTime(last.time)}`,
    ...(result === null ? [] : [`               ${oneLine(result)}`]),
    '',
    'While this screen is open it syncs by itself. Enter syncs now.',
    'The 12 words for another device: dramatis sync --words',
  ];
}
