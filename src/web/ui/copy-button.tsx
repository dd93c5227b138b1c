import { Check, Copy, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

/** How long the tick stays, ms. */
const SHOWN_MS = 1500;

interface CopyButtonProps {
  /** The text, or what gets it when it is wanted. */
  readonly text: string | (() => Promise<string>);
  readonly label: string;
  readonly icon?: 'copy' | 'link';
  readonly children?: string;
}

/** Copies a text and says that it did, or that it could not. */
export function CopyButton({ text, label, icon = 'copy', children }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'' | 'Copied' | 'Not copied'>('');
  useEffect(() => {
    if (outcome === '') return undefined;
    const timer = setTimeout(() => setOutcome(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      await (typeof text === 'string' ? navigator.clipboard.writeText(text) : copyLater(text()));
      setOutcome('Copied');
    } catch {
      setOutcome('Not copied');
    }
  };
  const Icon = outcome === 'Copied' ? Check : icon === 'link' ? Link2 : Copy;
  return (
    <Button
      look={children === undefined ? 'icon' : 'plain'}
      aria-label={label}
      title={label}
      onClick={() => void copy()}
    >
      <Icon size={15} strokeWidth={1.75} aria-hidden />
      {children !== undefined && <span>{outcome === '' ? children : outcome}</span>}
      <output className="visually-hidden">{outcome}</output>
    </Button>
  );
}

/** The clipboard must be asked during the click: it takes the promise of a text too. */
function copyLater(text: Promise<string>): Promise<void> {
  const blob = text.then((said) => new Blob([said], { type: 'text/plain' }));
  return navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}
