import { X } from 'lucide-react';
import { Link } from 'wouter';
import { Button } from '../ui/button.tsx';
import { clearNews, newsText, useNews } from './news-store.ts';
import styles from './news.module.css';

/** What came in the background: a quiet line in the corner that takes no room and no focus. */
export function News() {
  const text = newsText(useNews());
  return (
    <output className={text === '' ? 'visually-hidden' : styles.news} aria-label="News">
      {text !== '' && (
        <>
          <span>{text}</span>
          <Link href="/sessions" onClick={clearNews}>
            See them
          </Link>
          <Button look="icon" aria-label="Close the news" title="Close" onClick={clearNews}>
            <X size={15} strokeWidth={1.75} aria-hidden />
          </Button>
        </>
      )}
    </output>
  );
}
