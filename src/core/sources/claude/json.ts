export type JsonObject = Readonly<Record<string, unknown>>;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as text; what is no UTF-8 becomes the replacement character. */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The JSON value these bytes hold. Undefined when they hold none. */
export function parseBytes(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A text that is not empty, else null. */
export function stringOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
