import fc from 'fast-check';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../base64.ts';
import { open, seal, type Shard } from './envelope.ts';
import { pack, sizeClass, unpack } from './packed.ts';
import { newSecretCode } from './secret-code.ts';
import { vaultKeys, type VaultKeys } from './vault-keys.ts';

let keys: VaultKeys;
const SHARD: Shard = { name: 'persona opencode:build', text: 'the ferry leaves at eight' };

beforeAll(async () => {
  keys = await vaultKeys(newSecretCode());
});

async function placeOf({ name }: Shard, lastSeq = 0) {
  return { shard: await keys.shardId(name), lastSeq };
}

/** An envelope with some of its fields changed. */
function altered(envelope: string, change: (fields: Record<string, unknown>) => Record<string, unknown>): string {
  return JSON.stringify(change(fieldsOf(envelope)));
}

function fieldsOf(envelope: string): Record<string, unknown> {
  return v.parse(v.record(v.string(), v.unknown()), JSON.parse(envelope));
}

describe('an envelope', () => {
  test('gives back what was sealed, whatever it is', async () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 3_000 });
    const property = fc.asyncProperty(anything, anything, fc.integer({ min: 1 }), async (name, text, seq) => {
      const shard = { name, text };
      expect(await open(await seal(shard, seq, keys), await placeOf(shard), keys)).toEqual({ ...shard, seq });
    });
    await fc.assert(property, { numRuns: 50 });
  });

  test('tells nothing of what is in it but how large it is, in steps', async () => {
    const sealed = await seal(SHARD, 1, keys);
    for (const secret of ['persona', 'opencode', 'build', 'ferry', toBase64(new TextEncoder().encode('ferry'))])
      expect(sealed).not.toContain(secret);
    const longer = await seal({ ...SHARD, text: `${SHARD.text} tomorrow` }, 1, keys);
    expect(longer).toHaveLength(sealed.length);
  });

  test('is another one each time', async () => {
    expect(await seal(SHARD, 1, keys)).not.toBe(await seal(SHARD, 1, keys));
  });

  test('is refused when anything of it was changed', async () => {
    const sealed = await seal(SHARD, 5, keys);
    const place = await placeOf(SHARD);
    const { length } = fromBase64(String(fieldsOf(sealed)['ct']));
    const property = fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
      const tampered = altered(sealed, (fields) => {
        const bytes = fromBase64(String(fields['ct']));
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        return { ...fields, ct: toBase64(bytes) };
      });
      await expect(open(tampered, place, keys)).rejects.toMatchObject({ problem: { code: 'vault-damaged' } });
    });
    await fc.assert(property, { numRuns: 50 });
    const later = altered(sealed, (fields) => ({ ...fields, seq: 6 }));
    await expect(open(later, place, keys)).rejects.toMatchObject({ problem: { code: 'vault-damaged' } });
  });

  test('is refused when it was cut short', async () => {
    const sealed = await seal(SHARD, 1, keys);
    const place = await placeOf(SHARD);
    for (const length of [0, 1, 20, sealed.length / 2, sealed.length - 1])
      await expect(open(sealed.slice(0, length), place, keys)).rejects.toMatchObject({
        problem: { code: 'vault-damaged' },
      });
    const cut = altered(sealed, (fields) => ({ ...fields, ct: String(fields['ct']).slice(0, 40) }));
    await expect(open(cut, place, keys)).rejects.toMatchObject({ problem: { code: 'vault-damaged' } });
  });

  test('is refused in the place of another one', async () => {
    const other = await placeOf({ name: 'persona opencode:plan', text: '' });
    await expect(open(await seal(SHARD, 1, keys), other, keys)).rejects.toMatchObject({
      problem: { code: 'vault-foreign' },
    });
    const renamed = altered(await seal(SHARD, 1, keys), (fields) => ({ ...fields, shard: other.shard }));
    await expect(open(renamed, other, keys)).rejects.toMatchObject({ problem: { code: 'vault-damaged' } });
  });

  test('is refused when it is of another vault', async () => {
    const others = await vaultKeys(newSecretCode());
    const theirs = await seal(SHARD, 1, others);
    await expect(open(theirs, await placeOf(SHARD), keys)).rejects.toMatchObject({
      problem: { code: 'vault-foreign' },
    });
    const disguised = altered(theirs, (fields) => ({ ...fields, vault: keys.vault }));
    const place = { shard: await others.shardId(SHARD.name), lastSeq: 0 };
    await expect(open(disguised, place, keys)).rejects.toMatchObject({ problem: { code: 'vault-damaged' } });
  });

  test('is refused when it is older than the last seen one, and taken when it is that one', async () => {
    const sealed = await seal(SHARD, 7, keys);
    await expect(open(sealed, await placeOf(SHARD, 8), keys)).rejects.toMatchObject({
      problem: { code: 'vault-older' },
    });
    expect(await open(sealed, await placeOf(SHARD, 7), keys)).toMatchObject({ seq: 7 });
  });

  test('of a later version is refused, whatever else is in it', async () => {
    const place = await placeOf(SHARD);
    await expect(open('{"v":2}', place, keys)).rejects.toMatchObject({ problem: { code: 'vault-newer' } });
    for (const text of ['', 'null', '[]', '{}', '{"v":"1"}', '{"v":0}', '{"v":1}', 'exeunt'])
      await expect(open(text, place, keys)).rejects.toMatchObject({ problem: { code: 'vault-damaged' } });
  });
});

describe('the keys of a secret code', () => {
  test('are the same on every device, and others for every code', async () => {
    const code = newSecretCode();
    const [a, b, other] = [await vaultKeys(code), await vaultKeys(code), await vaultKeys(newSecretCode())];
    expect([a.vault, a.access, await a.shardId('x')]).toEqual([b.vault, b.access, await b.shardId('x')]);
    expect(new Set([a.vault, a.access, await a.shardId('x'), other.vault, other.access]).size).toBe(5);
    expect(await other.shardId('x')).not.toBe(await a.shardId('x'));
    expect((await open(await seal(SHARD, 1, a), { shard: await a.shardId(SHARD.name), lastSeq: 0 }, b)).text).toBe(
      SHARD.text,
    );
  });

  test('can stand in an address', async () => {
    for (const text of [keys.vault, keys.access, await keys.shardId('x')]) expect(text).toMatch(/^[\w-]{22,43}$/);
  });
});

describe('packing', () => {
  test('pads to a class that is never smaller and at most an eighth larger', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16_000_000 }), (length) => {
        const size = sizeClass(length);
        expect(size).toBeGreaterThanOrEqual(length);
        expect(size).toBeLessThanOrEqual(Math.max(512, length * 1.125));
        expect(sizeClass(size)).toBe(size);
      }),
    );
  });

  test('stops at the limit, in both directions', async () => {
    const bomb = await pack('0'.repeat(5_000_000), 5_000_000);
    expect(bomb.length).toBeLessThan(10_000);
    await expect(unpack(bomb, 100_000)).rejects.toThrow(RangeError);
    await expect(pack('0'.repeat(11), 10)).rejects.toThrow(RangeError);
  });

  test('refuses what was not packed', async () => {
    for (const bytes of [[], [0, 0, 0], [0, 0, 0, 9, 1], [0, 0, 0, 1, 1, 0]])
      await expect(unpack(Uint8Array.from(bytes), 100)).rejects.toThrow(Error);
  });
});
