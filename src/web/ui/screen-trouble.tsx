import type { ReactNode } from 'react';
import { Component } from 'react';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';
import { Page } from './page.tsx';
import { reasonOf } from './reason.ts';

interface ScreenTroubleProps {
  /** Where the person is: another place is shown as if nothing had been. */
  readonly place: string;
  readonly children: ReactNode;
}

interface Trouble {
  readonly place: string;
  readonly reason: string | null;
}

/** Stands around a screen. When what it shows could not be had, it says why, and asks anew when that is wanted. */
export class ScreenTrouble extends Component<ScreenTroubleProps, Trouble> {
  override state: Trouble = { place: this.props.place, reason: null };

  static getDerivedStateFromError(error: unknown): Partial<Trouble> {
    return { reason: reasonOf(error) };
  }

  static getDerivedStateFromProps({ place }: ScreenTroubleProps, before: Trouble): Trouble | null {
    return place === before.place ? null : { place, reason: null };
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === null) return this.props.children;
    return (
      <Page title="This could not be shown">
        <Empty>What is kept is safe. The reason: {reason}</Empty>
        <p style={{ textAlign: 'center' }} role="alert">
          <Button look="primary" onClick={() => this.setState({ reason: null })}>
            Try again
          </Button>
        </p>
      </Page>
    );
  }
}
