import { Keyboard, Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Button, buttonClass } from '../ui/button.tsx';
import { StateMeter } from './state-meter.tsx';
import styles from './shell.module.css';
import { ThemeButton } from './theme-button.tsx';

const PLACES = [
  { href: '/personas', label: 'Personas' },
  { href: '/sessions', label: 'Sessions' },
  { href: '/activity', label: 'Activity' },
  { href: '/memory', label: 'Memory' },
  { href: '/sources', label: 'Sources' },
  { href: '/import', label: 'Import' },
];

interface MastheadProps {
  readonly onHelp: () => void;
  readonly onSearch: () => void;
  readonly children: ReactNode;
}

export function Masthead({ onHelp, onSearch, children }: MastheadProps) {
  return (
    <header className={styles.masthead}>
      <div className={styles.bar}>
        <Link href="/" className={styles.name ?? ''}>
          Dramatis
        </Link>
        <nav className={styles.nav} aria-label="Screens">
          {PLACES.map((place) => (
            <Place key={place.href} {...place} />
          ))}
        </nav>
        <div className={styles.tools}>
          {children}
          <Button look="icon" onClick={onSearch} aria-label="Search" title="Search (Ctrl K or ⌘ K)">
            <Search size={17} strokeWidth={1.75} aria-hidden />
          </Button>
          <StateMeter />
          <Link href="/settings" className={buttonClass('icon')} aria-label="Settings" title="Settings (g ,)">
            <Settings size={17} strokeWidth={1.75} aria-hidden />
          </Link>
          <ThemeButton />
          <Button look="icon" onClick={onHelp} aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">
            <Keyboard size={17} strokeWidth={1.75} aria-hidden />
          </Button>
        </div>
      </div>
      <div className={styles.rule} />
    </header>
  );
}

function Place({ href, label }: { href: string; label: string }) {
  const [location] = useLocation();
  const isHere = location === href || location.startsWith(`${href}/`);
  return (
    <Link href={href} className={styles.link ?? ''} aria-current={isHere ? 'page' : undefined}>
      {label}
    </Link>
  );
}
