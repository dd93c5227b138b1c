import { memo, useDeferredValue, useEffect, useRef } from 'react';
import { useSearchParams } from 'wouter';
import type { ItemHit, KeptResults, MessageHit, PersonaHit, SessionHit } from '../../core/model/search-views.ts';
import { ProblemList } from '../import/problem-list.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { itemAddress, messageAddress, personaAddress, sessionAddress } from './addresses.ts';
import type { ListedHit } from './found-section.tsx';
import { FoundSection } from './found-section.tsx';
import { ItemLine, MessageLine, PersonaLine, SessionLine } from './hit-lines.tsx';
import { rememberSearch } from './recent.ts';
import { SearchBar } from './search-bar.tsx';
import styles from './search.module.css';
import type { History } from './use-history.ts';
import { useHistory } from './use-history.ts';
import { useKept } from './use-kept.ts';
import { historyWords, keptWords, spokenWords } from './words.ts';

const KEPT_SHOWN = 50;
const HISTORY_SHOWN = 200;

/** Everything that fits, kept or only in the sources. The address holds what is asked. */
export default function Search() {
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  const field = useRef<HTMLInputElement>(null);
  const change = (next: string): void => setParams(next === '' ? {} : { q: next }, { replace: true });
  const asked = useDeferredValue(text);
  const kept = useKept(asked, KEPT_SHOWN);
  const history = useHistory('page', asked, HISTORY_SHOWN);
  useKeys({ '/': () => field.current?.focus() });
  useEffect(() => {
    if (text === '') field.current?.focus();
    return () => rememberSearch(text);
    // oxlint-disable-next-line react/exhaustive-deps -- when the page is left
  }, []);
  return (
    <Page title="Search" aside={kept === null ? '' : keptWords(kept)}>
      <SearchBar ref={field} text={text} onChange={change} />
      {kept !== null && kept.notes.length > 0 && <p className={styles.note}>{kept.notes.join(' ')}</p>}
      <output className={styles.hidden}>{spokenWords(kept, history)}</output>
      {kept?.isEmpty === true ? (
        <Empty>Type a word: everything that is kept is searched at once, and the whole history behind it.</Empty>
      ) : (
        <>
          {kept !== null && <Kept results={kept} question={asked} />}
          <FromSources history={history} kept={kept} question={asked} />
        </>
      )}
    </Page>
  );
}

/** Stays as it is while the whole history is searched. */
const Kept = memo(function Kept({ results, question }: { results: KeptResults; question: string }) {
  const { personas, sessions, items, messages } = results;
  return (
    <>
      <FoundSection title="Personas" question={question} {...personas} listed={listedPersona} />
      <FoundSection title="Sessions" question={question} {...sessions} listed={listedSession} />
      <FoundSection title="Memory" question={question} {...items} listed={listedItem} />
      <FoundSection title="Kept messages" question={question} {...messages} listed={listedMessage} />
    </>
  );
});

interface FromSourcesProps {
  readonly history: History;
  readonly kept: KeptResults | null;
  readonly question: string;
}

const FromSources = memo(function FromSources({ history, kept, question }: FromSourcesProps) {
  if (history.state === 'none') return null;
  const { hits, found, problems } = 'progress' in history ? history.progress : { hits: [], found: 0, problems: [] };
  const known = new Set(kept?.messages.hits.map(({ id }) => id));
  return (
    <FoundSection
      title="Whole history"
      question={question}
      note={historyWords(history)}
      total={found}
      hits={hits.filter(({ id }) => !known.has(id))}
      listed={listedMessage}
    >
      {problems.length > 0 && <ProblemList problems={problems} />}
    </FoundSection>
  );
});

function listedPersona(hit: PersonaHit): ListedHit {
  return { key: hit.id, address: personaAddress(hit.id), line: <PersonaLine hit={hit} /> };
}

function listedSession(hit: SessionHit): ListedHit {
  return { key: hit.id, address: sessionAddress(hit.id), line: <SessionLine hit={hit} /> };
}

function listedItem(hit: ItemHit): ListedHit {
  return { key: hit.id, address: itemAddress(hit), line: <ItemLine hit={hit} /> };
}

function listedMessage(hit: MessageHit): ListedHit {
  return { key: `${hit.sessionId} ${hit.id}`, address: messageAddress(hit), line: <MessageLine hit={hit} /> };
}
