import { expect, test } from 'vitest';
import { invitationIn, joinLink } from './join-link.ts';

const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

test('the address of an invitation says the words, and the relay when it is another one', () => {
  const here = joinLink(WORDS, 'https://app.example.org', 'https://app.example.org');
  expect(invitationIn(new URL(here).hash)).toEqual({ words: WORDS, relay: null });
  const there = joinLink(WORDS, 'https://relay.example.org/a', 'https://app.example.org');
  expect(invitationIn(new URL(there).hash)).toEqual({ words: WORDS, relay: 'https://relay.example.org/a' });
});

test('what goes to the server says nothing', () => {
  const { pathname, search } = new URL(joinLink(WORDS, 'https://r.org', 'https://a.org'));
  expect([pathname, search]).toEqual(['/settings', '']);
});

test('other addresses invite to nothing', () => {
  for (const hash of ['', '#', '#main', '#join', '#relay=x']) expect(invitationIn(hash)?.words ?? '').toBe('');
});
