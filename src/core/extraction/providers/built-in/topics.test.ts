import { describe, expect, it } from 'vitest';
import { topics } from './fixture-read.ts';

describe('a technology', () => {
  it.each([
    ['by its common name', 'move from postgres to sqlite', ['PostgreSQL', 'SQLite']],
    ['with its version', 'we are on Node 22 and react 19', ['Node.js', 'React']],
    ['an ordinary word with its capital', 'Is it written in Go or in Rust?', ['Go', 'Rust']],
    ['of two words', 'deploy it with github actions', ['GitHub Actions']],
    ['once', 'Vite here, vite there', ['Vite']],
    ['of letters and signs', 'Port the C++ part to C#.', ['C++', 'C#']],
    ['beside another', 'a django/postgres app', ['Django', 'PostgreSQL']],
  ])('%s', (_, text, names) => {
    expect(topics(text)).toEqual(names);
  });

  it.each([
    'go on with the next one',
    'Go to the next step.',
    'react to the event',
    'express it in other words',
    'what a rust-coloured button',
    'open src/react/index.tsx',
    'run `npm ci`',
    'pass --docker to it',
    'He said "use Redis".',
    'make it swift',
  ])('is not in: %s', (text) => {
    expect(topics(text)).toEqual([]);
  });
});
