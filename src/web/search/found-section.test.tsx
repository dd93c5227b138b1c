import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Router } from 'wouter';
import { FoundSection } from './found-section.tsx';

it('of many hits only those that are shown are made, and it says how many there are', () => {
  const hits = Array.from({ length: 200 }, (_, at) => `hit ${at}`);
  const made: string[] = [];
  const listed = (hit: string) => {
    made.push(hit);
    return { key: hit, address: `/sessions/${hit}`, line: hit };
  };
  const html = renderToStaticMarkup(
    <Router ssrPath="/search">
      <FoundSection title="Whole history" question="the" total={1234} hits={hits} listed={listed} />
    </Router>,
  );
  expect(made).toEqual(hits.slice(0, 10));
  expect(html).toContain('the newest 200 of 1,234');
  expect(html).toContain('Show 190 more');
});
