/** What goes between the worker that owns the workspace and the one that asks models' servers. */
export type OutsideAsked =
  | { readonly kind: 'ask'; readonly id: number; readonly url: string; readonly init: OutsideInit }
  | { readonly kind: 'abort'; readonly id: number };

/** The part of a request's settings that can be sent between workers. */
export interface OutsideInit extends Pick<
  RequestInit,
  'method' | 'mode' | 'credentials' | 'referrerPolicy' | 'redirect'
> {
  readonly headers: [string, string][];
  readonly body: string | null;
}

export type OutsideTold =
  | {
      readonly kind: 'head';
      readonly id: number;
      readonly status: number;
      /** The server answered with another address. */
      readonly isSentOn: boolean;
      readonly headers: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'piece'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
