export const UNTITLED = 'Untitled session';

/** What a session is called where it has to have a name: some sub-agents have none. */
export function titleOf({ summary }: { readonly summary: string }): string {
  return summary.trim() === '' ? UNTITLED : summary;
}
