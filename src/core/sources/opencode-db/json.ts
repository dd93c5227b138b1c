import { utf8Text } from '../plain-text.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Parses the bytes of a JSON object. Null when they are none. */
export function parseObject(bytes: Uint8Array): JsonObject | null {
  return parseObjectText(utf8Text(bytes));
}

/** Parses a JSON object. Null when the text is none. */
export function parseObjectText(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
