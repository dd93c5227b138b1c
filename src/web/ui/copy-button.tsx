import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

/** How long the tick stays, ms. */
const SHOWN_MS = 1500;

/** Copies a text and says that it did. */
export function CopyButton({ text, label, children }: { text: string; label: string; children?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button
      look={children === undefined ? 'icon' : 'plain'}
      aria-label={label}
      title={label}
      onClick={() => void copy()}
    >
      <Icon size={15} strokeWidth={1.75} aria-hidden />
      {children !== undefined && <span>{copied ? 'Copied' : children}</span>}
      <output className="visually-hidden">{copied ? 'Copied' : ''}</output>
    </Button>
  );
}
