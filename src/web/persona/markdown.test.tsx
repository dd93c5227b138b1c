import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { highlight } from './highlight.tsx';
import { renderMarkdown } from './markdown.tsx';

function html(text: string): string {
  return renderToStaticMarkup(renderMarkdown(text));
}

test('HTML in a message is text', () => {
  const made = html('<img src=x onerror=alert(1)> <script>alert(1)</script>\n\n<div onclick="x()">hm</div>');
  expect(made).not.toMatch(/<(img|script|div)/);
  expect(made).toContain('&lt;script&gt;');
});

test('an image is named, never loaded', () => {
  const made = html('![the plan](https://elsewhere.example/plan.png)');
  expect(made).not.toContain('<img');
  expect(made).toContain('[image: the plan, https://elsewhere.example/plan.png]');
});

test('a link opens apart and gives nothing away; one that would run a script leads nowhere', () => {
  expect(html('[docs](https://docs.example)')).toContain('target="_blank" rel="noopener noreferrer"');
  expect(html('[run](javascript:alert(1))')).not.toContain('javascript:');
});

test('headings of a message are no headings of the page', () => {
  expect(html('# Title')).not.toMatch(/<h\d/);
});

test('a task list is read out and has no controls', () => {
  const made = html('- [x] done thing\n- [ ] open thing');
  expect(made).not.toContain('<input');
  expect(made).toContain('done: ');
  expect(made).toContain('to do: ');
});

test('coloured code is the code, character by character', () => {
  const code = `const a = "<b>&amp;'" /* x > y && "z" */;\n`;
  const made = renderToStaticMarkup(<>{highlight(code, 'typescript')}</>);
  const text = made
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
  expect(text).toBe(code);
  expect(made).toContain('hljs-keyword');
});

test('code of a language that is not known stays plain', () => {
  expect(highlight('x', 'klingon')).toBeNull();
});
