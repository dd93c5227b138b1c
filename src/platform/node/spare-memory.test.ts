import { describe, expect, it } from 'vitest';
import { SpareMemory } from './spare-memory.ts';

const MEGABYTE = 1024 * 1024;

describe('spare memory', () => {
  it('is used again for what is as long or a little longer', () => {
    const spares = new SpareMemory();
    const first = spares.take(MEGABYTE + 1);
    spares.give(first);
    const next = spares.take(MEGABYTE + 1000);
    expect(next).toHaveLength(MEGABYTE + 1000);
    expect(next.buffer).toBe(first.buffer);
  });

  it('is never used by two', () => {
    const spares = new SpareMemory();
    const first = spares.take(MEGABYTE);
    expect(spares.take(MEGABYTE).buffer).not.toBe(first.buffer);
    spares.give(first);
    spares.give(first);
    expect(spares.take(MEGABYTE).buffer).not.toBe(spares.take(MEGABYTE).buffer);
  });

  it('holds no more than 16 MB', () => {
    const spares = new SpareMemory();
    const taken = Array.from({ length: 40 }, () => spares.take(MEGABYTE));
    for (const each of taken) spares.give(each);
    const before = new Set(taken.map(({ buffer }) => buffer));
    const again = Array.from({ length: 40 }, () => spares.take(MEGABYTE).buffer);
    expect(again.filter((buffer) => before.has(buffer))).toHaveLength(16);
  });

  it('of little is not kept', () => {
    const spares = new SpareMemory();
    const little = spares.take(1000);
    spares.give(little);
    expect(spares.take(1000).buffer).not.toBe(little.buffer);
  });
});
