const ISO_LENGTH = '2025-01-01T00:00:00.000Z'.length;

/** ms of `2025-01-01T00:00:00.000Z`, or null for any other form. */
export function quickTime(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start !== ISO_LENGTH || bytes[end - 1] !== 0x5a || bytes[start + 10] !== 0x54) return null;
  if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d || bytes[start + 19] !== 0x2e) return null;
  if (bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return null;
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const second = twoDigits(bytes, start + 17);
  const inRange = month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const ms = twoDigits(bytes, start + 20) * 10 + digit(bytes, start + 22);
  return inRange && year >= 1970 && ms >= 0 ? Date.UTC(year, month - 1, day, hour, minute, second, ms) : null;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return digit(bytes, at) * 10 + digit(bytes, at + 1);
}

/** NaN for what is no digit: whatever it becomes part of is in no range. */
function digit(bytes: Uint8Array, at: number): number {
  const value = (bytes[at] ?? 0) - 0x30;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}
