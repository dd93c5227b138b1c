import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import type { ReactNode } from 'react';

const LANGUAGES = {
  bash,
  css,
  diff,
  go,
  ini,
  java,
  javascript,
  json,
  markdown,
  python,
  ruby,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);
hljs.registerAliases(['sh', 'shell', 'zsh', 'console'], { languageName: 'bash' });

const TOKEN = /<span class="([^"]*)">|<\/span>|&(amp|lt|gt|quot|#x27);|[^<&]+/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** Code with its words in spans. Null when the language is not one of ours. */
export function highlight(code: string, language: string): ReactNode {
  if (hljs.getLanguage(language) === undefined) return null;
  return elements(hljs.highlight(code, { language, ignoreIllegals: true }).value);
}

/** highlight.js writes HTML of spans and escaped text and nothing else: made elements of, none of it is trusted. */
function elements(html: string): ReactNode {
  const open: { className: string; children: ReactNode[] }[] = [];
  const top: ReactNode[] = [];
  let children = top;
  let key = 0;
  for (const [token, className, entity] of html.matchAll(TOKEN)) {
    if (className !== undefined) {
      open.push({ className, children });
      children = [];
    } else if (token === '</span>') {
      const span = open.pop();
      if (span === undefined) continue;
      span.children.push(
        <span key={(key += 1)} className={span.className}>
          {children}
        </span>,
      );
      children = span.children;
    } else {
      children.push(entity === undefined ? token : ENTITIES[entity]);
    }
  }
  return top;
}
