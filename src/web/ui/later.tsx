import type { ComponentType } from 'react';
import { useEffect, useState } from 'react';

/**
 * A component whose code comes when it is first wanted, or was asked for ahead. React's own `lazy` would hold back what is
 * late by 300 ms, so that placeholders don't flicker; here nothing stands in the place until it is there.
 *
 * @example
 * const Sessions = later(() => import('../sessions/sessions.tsx'));
 */
export function later<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): ComponentType<Props> & { readonly ahead: () => void } {
  let Loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const fetched = (): Promise<void> => {
    loading ??= load().then(
      (module) => {
        Loaded = module.default;
      },
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  };
  function Later(props: Props) {
    const [, setCame] = useState(Loaded !== null);
    useEffect(() => {
      if (Loaded !== null) return undefined;
      let isWanted = true;
      const fail = (error: unknown): void =>
        setCame(() => {
          throw error;
        });
      fetched().then(() => isWanted && setCame(true), fail);
      return () => {
        isWanted = false;
      };
    }, []);
    return Loaded === null ? null : <Loaded {...props} />;
  }
  // told when it is really wanted
  return Object.assign(Later, { ahead: () => void fetched().catch(() => undefined) });
}
