import type { ComponentProps } from 'react';
import styles from './button.module.css';

type Look = 'plain' | 'primary' | 'quiet' | 'icon';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: Look;
}

/** Class names of a button, for links that look like one. */
export function buttonClass(look: Look = 'plain'): string {
  const extra = { plain: '', primary: styles.primary, quiet: styles.quiet, icon: `${styles.quiet} ${styles.icon}` };
  return `${styles.button} ${extra[look]}`;
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  // oxlint-disable-next-line react/button-has-type -- it has: `button` unless the caller says another
  return <button type={type} className={`${buttonClass(look)} ${className}`} {...rest} />;
}
