import { describe, expect, it } from 'vitest';
import { catalogPrompt } from './prompts.ts';

describe('a prompt in the catalog', () => {
  it('is whole up to 2,000 characters', () => {
    expect(catalogPrompt('x'.repeat(2_000))).toBe('x'.repeat(2_000));
  });

  it('is cut after 2,000 characters with three dots behind', () => {
    expect(catalogPrompt('x'.repeat(2_001))).toBe(`${'x'.repeat(2_000)}...`);
  });

  it('is cut between characters: an emoji counts as one and is never halved', () => {
    expect(catalogPrompt('😀'.repeat(2_000))).toBe('😀'.repeat(2_000));
    expect(catalogPrompt(`${'x'.repeat(1_999)}😀y`)).toBe(`${'x'.repeat(1_999)}😀...`);
  });
});
