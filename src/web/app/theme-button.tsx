import { Moon, Sun, SunMoon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import type { Theme } from './remembered.ts';
import { rememberedTheme, rememberTheme } from './remembered.ts';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS = { system: SunMoon, light: Sun, dark: Moon };
const NAMES: Record<Theme, string> = { system: 'as the system has it', light: 'light', dark: 'dark' };

/** System, light, dark, in turn. public/first-paint.js sets the remembered one before the first paint. */
export function ThemeButton() {
  const [theme, setTheme] = useState(rememberedTheme);
  const change = (): void => {
    const next = NEXT[theme];
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    rememberTheme(next);
    setTheme(next);
  };
  const Icon = ICONS[theme];
  const label = `Theme: ${NAMES[theme]}. Change to ${NAMES[NEXT[theme]]}`;
  return (
    <Button look="icon" onClick={change} aria-label={label} title={label}>
      <Icon size={17} strokeWidth={1.75} aria-hidden />
    </Button>
  );
}
