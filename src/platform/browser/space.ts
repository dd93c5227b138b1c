/** A person's own workspace, or the sample's, which never mixes with it. */
export type Space = 'own' | 'sample';

/** The name of a space's database, and of the lock that says which tab may write to it. */
export function databaseName(space: Space): string {
  return `dramatis-${space}`;
}
