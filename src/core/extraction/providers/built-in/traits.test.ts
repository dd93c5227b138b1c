import { describe, expect, it } from 'vitest';
import { stated } from './fixture-read.ts';

describe('a standing instruction', () => {
  it.each([
    [
      'always and never, told to the agent',
      'Always ask before you install a package.',
      'always ask before you install a package',
    ],
    ['never', 'never touch the lock file by hand', 'never touch the lock file by hand'],
    ['from now on', 'From now on answer in Dutch.', 'answer in Dutch'],
    ['whenever you', 'Whenever you add a route, write a test for it.', 'write a test for it'],
    ['in every session', 'Read NOTES.md at the start of every session.', 'read NOTES.md at the start of every session'],
    ['stop doing', 'Stop adding emojis to the commit messages.', 'stop adding emojis to the commit messages'],
    ['no more, ever', 'No wildcard imports, ever.', 'no wildcard imports, ever'],
    ['what need not be', "You don't have to thank me every time.", "you don't have to thank me every time"],
    ['what to do in doubt', 'If in doubt, ask me instead of guessing.', 'if in doubt, ask me instead of guessing'],
    ['unless I ask', "Don't commit anything unless I ask for it.", "don't commit anything unless I ask for it"],
    [
      'every one that will be written',
      'From now on every module gets a short header comment.',
      'every module gets a short header comment',
    ],
    [
      'what my words mean',
      'When I say ship it, you run the release script.',
      'when I say ship it, you run the release script',
    ],
  ])('%s', (_, text, name) => {
    expect(stated(text)).toEqual([`trait: ${name}`]);
  });

  it('is each line under a heading of rules', () => {
    expect(
      stated('My rules for this repo:\n\n- use tabs\n- no default exports\n- ask before you delete files'),
    ).toEqual(['trait: use tabs', 'trait: no default exports', 'trait: ask before you delete files']);
  });

  it.each([
    ['the program always does', 'Always return an empty list when the user is offline.'],
    ['the program never does', 'Never throw from the parser, return a result.'],
    ['a subject that is no agent', 'The job always runs twice.'],
    ['this task only', 'For this change always use the old client.'],
    ['this time', 'This time run the tests first.'],
    ['a question', 'Should I always run the formatter?'],
    ['a plain task', 'Use tabs in the generated file.'],
    ['stopping a thing', 'Stop the server and look at the port.'],
    ['rules of the program', 'Validation rules for this form:\n\n- use at least 8 characters\n- no spaces'],
  ])('is not: %s', (_, text) => {
    expect(stated(text)).toEqual([]);
  });
});

describe('a taste, a value or a habit', () => {
  it.each([
    ['I prefer pnpm over npm, it is faster.', 'prefers pnpm over npm'],
    ["I can't stand barrel files.", "can't stand barrel files"],
    ['I hate magic numbers', 'hates magic numbers'],
    [
      "I'd rather have duplication than the wrong abstraction.",
      'would rather have duplication than the wrong abstraction',
    ],
    ["I'm not a fan of decorators.", 'is not a fan of decorators'],
    ['I usually review on Friday afternoons.', 'usually reviews on Friday afternoons'],
    ['I never use a mouse.', 'never uses a mouse'],
    ['I insist on semantic versioning.', 'insists on semantic versioning'],
    ['Nothing annoys me more than flaky tests.', 'nothing annoys me more than flaky tests'],
    ['My rule of thumb is one assertion for each test.', 'their rule of thumb is one assertion for each test'],
    ['Personally I think enums are overrated.', 'thinks enums are overrated'],
  ])('%s', (text, name) => {
    expect(stated(text)).toEqual([`trait: ${name}`]);
  });

  it.each([
    ['a verdict on one result', 'I prefer the second version.'],
    ['a verdict on what was done', 'I like how you split the parser.'],
    ['a wish for this place', "I don't like the border here."],
    ['irony', 'Oh great, I just love merge conflicts on a Friday.'],
    ['what somebody else says', 'The readme says: I prefer tabs.'],
    ['a quotation', 'He wrote "I hate tabs" on the board.'],
    ['a condition', 'If I preferred tabs, what would change?'],
    ['no preference', "I don't prefer either of them."],
    ['people in general', 'Most developers prefer dark themes.'],
    ['what always goes wrong', 'I always get a 404 there.'],
    ['something imagined', "Let's say I hate tabs."],
  ])('is not: %s', (_, text) => {
    expect(stated(text)).toEqual([]);
  });
});
