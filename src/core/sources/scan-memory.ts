import { BYTES, DIGIT, ESCAPED, HEX, KINDS, PAGE, SCAN_FUNCTIONS, SPACE } from './scan-program.ts';
import { wasmModule } from './wasm-code.ts';

export interface ScanMemory {
  /** What is put here can be walked over. */
  readonly bytes: Uint8Array;
  /** As `skipValue` of json-scan.ts; or TOO_DEEP. */
  skipValue(at: number): number;
}

/** Null where WebAssembly can't be had, is forbidden, or works on single bytes only. */
export function newScanMemory(length: number): ScanMemory | null {
  try {
    const pages = 2 + Math.ceil(length / PAGE);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasmModule(SCAN_FUNCTIONS, pages)));
    const { memory, skipValue: walk } = exports;
    if (!(memory instanceof WebAssembly.Memory) || !isWalk(walk)) return null;
    markKinds(new Uint8Array(memory.buffer, KINDS, 256));
    return {
      bytes: new Uint8Array(memory.buffer, BYTES, length),
      skipValue: (at) => {
        const end = walk(at + BYTES);
        return end < 0 ? end : end - BYTES;
      },
    };
  } catch {
    return null;
  }
}

function isWalk(value: unknown): value is (at: number) => number {
  return typeof value === 'function';
}

function markKinds(kinds: Uint8Array): void {
  const mark = (characters: string, kind: number): void => {
    for (const character of characters) kinds[character.charCodeAt(0)] = (kinds[character.charCodeAt(0)] ?? 0) | kind;
  };
  mark(' \t\r', SPACE);
  mark('"\\/bfnrt', ESCAPED);
  mark('0123456789abcdefABCDEF', HEX);
  mark('0123456789', DIGIT);
}
