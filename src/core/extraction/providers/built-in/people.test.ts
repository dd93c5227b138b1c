import { describe, expect, it } from 'vitest';
import { people } from './fixture-read.ts';

describe('a person', () => {
  it.each([
    ['a relation', 'My boss Ottilie wants a chart.', 'Ottilie'],
    ['a relation after', 'The icons are by Kwabena, our designer.', 'Kwabena'],
    ['a name of two words', 'Our CFO, Leyla Demir, reads this.', 'Leyla Demir'],
    ['a title', 'Send it to Dr. Zhuravlev, please.', 'Zhuravlev'],
    ['a department', 'Tove from accounting found a bug.', 'Tove'],
    ['a verb of people', 'Yannick promised a fix.', 'Yannick'],
    ['being told', 'I will ask Renske about it.', 'Renske'],
    ['she, in what comes next', 'Can you explain this to Marisol? She is new to SQL.', 'Marisol'],
    ['two together', 'Only Anouk and me have access.', 'Anouk'],
    ['a name in small letters with a relation', 'my colleague stefan has the keys', 'stefan'],
    ['a thing of theirs', "Look at Tadeusz's review first.", 'Tadeusz'],
    ['German', 'Meine Kollegin Heike fragt nach dem Export.', 'Heike'],
  ])('%s', (_, text, name) => {
    expect(people(text)).toEqual([name]);
  });

  it('is one by the fullest name in a message', () => {
    expect(people('Ewa Nowak owns the importer. Ask Ewa before you touch it.')).toEqual(['Ewa Nowak', 'Ewa Nowak']);
  });

  it.each([
    ['a tool with a name of people', 'Ask Claude to explain Julia.'],
    ['a server', 'Jenkins wants a new token.'],
    ['a company', 'Contoso pays us every month.'],
    ['a day', 'Tuesday works for me.'],
    ['a place', 'I live in Vienna.'],
    ['an algorithm', 'Use Dijkstra for the shortest path.'],
    ['a class of the code', 'Let Morgan log it, see src/morgan.ts.'],
    ['somebody made up', 'Imagine a user called Fiona who has two accounts.'],
    ['an example', 'The greeting for example: Hello Tom, welcome.'],
    ['an author of software', 'I read a book by Martin Fowler.'],
    ['a quotation', 'It prints "Anna owns the deploy".'],
    ['a department', 'Marketing owns the copy.'],
    ['a machine', 'Ask Otto for a token and retry, it is the gateway.'],
    ['what crashes', 'Christina keeps crashing since the update.'],
    ['a user of the program', 'Delete the user Rudolf from the table.'],
    ['a name without a reason', 'The Amelia colours are too bright.'],
    ['the first word of a sentence', 'Rename the column.'],
  ])('is not %s', (_, text) => {
    expect(people(text)).toEqual([]);
  });
});
