import { Square, SquareCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Components } from 'react-markdown';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './code-block.tsx';
import styles from './message-text.module.css';

/** Rendered texts kept, the ones used last: scrolling back costs nothing. */
const KEPT = 300;
const rendered = new Map<string, ReactElement>();

export function isRendered(text: string): boolean {
  return rendered.has(text);
}

/** Markdown as elements. HTML in it is shown as text, and images are named, not loaded: nothing here asks the network. */
export function renderMarkdown(text: string): ReactElement {
  const known = rendered.get(text);
  const element = known ?? Markdown({ children: text, remarkPlugins: PLUGINS, components: COMPONENTS });
  rendered.delete(text);
  rendered.set(text, element);
  const [oldest] = rendered.keys();
  if (rendered.size > KEPT && oldest !== undefined) rendered.delete(oldest);
  return element;
}

const PLUGINS = [remarkGfm];

// a message is no outline of the page: its headings look like ones, and are none
const Heading: Components['h1'] = ({ children }) => <p className={styles.heading}>{children}</p>;

const COMPONENTS: Components = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
  img: ({ alt, src }) => (
    <span className={styles.image}>
      [image{alt === undefined || alt === '' ? '' : `: ${alt}`}
      {typeof src === 'string' && !src.startsWith('data:') ? `, ${src}` : ''}]
    </span>
  ),
  input: ({ checked }) => {
    const Box = checked === true ? SquareCheck : Square;
    return (
      <>
        <span className="visually-hidden">{checked === true ? 'done: ' : 'to do: '}</span>
        <Box className={styles.box} size={14} aria-hidden />
      </>
    );
  },
  table: ({ children }) => (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  pre: ({ node }) => {
    const [code] = node?.children ?? [];
    if (code?.type !== 'element') return null;
    const [text] = code.children;
    const names = code.properties.className;
    const language = Array.isArray(names) ? String(names[0]).replace(/^language-/, '') : '';
    return <CodeBlock language={language} code={text?.type === 'text' ? text.value.replace(/\n$/, '') : ''} />;
  },
};
