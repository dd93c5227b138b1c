import { describe, expect, it } from 'vitest';
import { stated } from './fixture-read.ts';

describe('a fact of the one who writes', () => {
  it.each([
    ["I'm a nurse and learn programming at night.", 'is a nurse and learn programming at night'],
    ['I work at a small brewery.', 'works at a small brewery'],
    ['I live in Tartu.', 'lives in Tartu'],
    ["I'm dyslexic, so keep it short.", 'is dyslexic'],
    ["I've got three kids.", 'has three kids'],
    ["I'm responsible for the billing service.", 'is responsible for the billing service'],
    ['I switched to Fedora last month.', 'switched to Fedora last month'],
    ["I've never used Kubernetes.", 'has never used Kubernetes'],
    ['My laptop has 16 GB of memory.', 'their laptop has 16 GB of memory'],
    ["Btw I'm on Windows, can you give me the PowerShell version?", 'is on Windows'],
  ])('%s', (text, name) => {
    expect(stated(text)).toEqual([`fact of human: ${name}`]);
  });

  it.each([
    "I'm stuck on the login page.",
    "I'm a bit lost.",
    'I have a question about the cache.',
    "I'm getting a timeout.",
    'I run the tests and get an error.',
    'I have two failing tests.',
    'My branch is broken.',
    'Am I a maintainer of this?',
    'Imagine I work at a bank.',
    'I need a list of all routes.',
    "I've added the field already.",
  ])('is not: %s', (text) => {
    expect(stated(text)).toEqual([]);
  });
});

describe('a fact of the team', () => {
  it.each([
    ['We deploy every Thursday.', 'deploys every Thursday'],
    ['We decided to keep the monolith.', 'decided to keep the monolith'],
    ["We can't use anything under the GPL.", "can't use anything under the GPL"],
    ["We don't support Safari 14 any longer.", "doesn't support Safari 14 any longer"],
    ["We're a team of five.", 'is a team of five'],
    ['We switched from Jest to Vitest in spring.', 'switched from Jest to Vitest in spring'],
  ])('%s', (text, name) => {
    expect(stated(text)).toEqual([`fact of team: ${name}`]);
  });

  it.each([
    'We have a bug in the importer.',
    'We use it in three places.',
    "We haven't decided on a database yet.",
    "We can't reproduce it.",
    'Do we use Redis?',
    'If we used Redis, would it be faster?',
    'We are now at 12 of 40.',
  ])('is not: %s', (text) => {
    expect(stated(text)).toEqual([]);
  });
});

describe('a fact of a thing', () => {
  it.each([
    ['The backend is written in Kotlin.', 'backend'],
    ['Our customers are dentists.', 'customers'],
    ['Production runs on two Hetzner boxes.', 'Production'],
    ['Mails are sent with Postmark.', 'Mails'],
    ['The launch is on March 3rd.', 'launch'],
    ['There is no staging environment.', 'project'],
    ['Stack: Django, Celery, Postgres.', 'Stack'],
  ])('%s', (text, subject) => {
    expect(stated(text).map((each) => each.toLowerCase())).toEqual([
      expect.stringContaining(`fact of ${subject.toLowerCase()}: `),
    ]);
  });

  it.each([
    'The build is broken since this morning.',
    'The function uses a regular expression.',
    'The page is slow.',
    'The server crashes on start.',
    'Our tests are failing.',
    'The button is in the wrong place.',
    'This is a bug in React.',
    'Finish the report by Friday.',
    'Is the backend written in Kotlin?',
  ])('is not: %s', (text) => {
    expect(stated(text)).toEqual([]);
  });
});

describe('a fact of a person', () => {
  it.each([
    ['Nora owns the release pipeline.', 'Nora'],
    ['Ask Piotr. He is our database administrator.', 'Piotr'],
    ['My colleague Ines maintains the importer.', 'Ines'],
    ['Our designer is Malik.', 'Malik'],
  ])('%s', (text, subject) => {
    expect(stated(text)).toEqual([expect.stringContaining(`fact of ${subject}: `)]);
  });

  it.each([
    'Nora reviewed it.',
    'Nora thinks it is a race.',
    'My manager Nora wants a summary.',
    'Does Nora own the pipeline?',
  ])('is not: %s', (text) => {
    expect(stated(text)).toEqual([]);
  });
});

describe('in other languages only what is sure', () => {
  it.each([
    ['Ich arbeite bei einer Versicherung.', 'fact of human'],
    ['Wir verwenden nur freie Software.', 'fact of team'],
    ['Antworte bitte immer auf Deutsch.', 'trait'],
    ['Prefiero funciones pequeñas.', 'trait'],
    ['Trabajo en un hospital.', 'fact of human'],
    ['Je préfère les petits commits.', 'trait'],
    ['Réponds toujours en français.', 'trait'],
    ['Moro em Recife.', 'fact of human'],
    ['以后每次改完都先跑测试。', 'trait'],
  ])('%s', (text, start) => {
    expect(stated(text)).toEqual([expect.stringMatching(new RegExp(`^${start}`))]);
  });

  it.each(['Warum ist das langsam?', 'Prefiero la segunda opción.', 'Je suis bloqué.', 'Ich bin gleich zurück.'])(
    'not: %s',
    (text) => {
      expect(stated(text)).toEqual([]);
    },
  );
});
