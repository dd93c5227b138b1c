import type { SourceFolder } from './byte-source.ts';

/** Names of what may hold keys, tokens or passwords. Such a file is never opened and such a folder never looked into, wherever it lies. */
const FILES =
  /^(?:(?:mcp-)?auth\.json|\.?credentials.*|\.claude\.json|\.env(?:\..*)?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|id_[a-z0-9]+|.*\.(?:pem|key|p12|pfx|kdbx|keychain(?:-db)?)|.*(?:secret|token|password|login data|cookies).*)$/i;
const FOLDERS: ReadonlySet<string> = new Set([
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.password-store',
  'keychains',
  'keyrings',
]);

/** The same folder, in which nothing is seen that is kept from others, however deep it lies. */
export function withoutSecrets(folder: SourceFolder): SourceFolder {
  return {
    name: folder.name,
    path: folder.path,
    ...(folder.problems === undefined ? {} : { problems: folder.problems }),
    ...(folder.child === undefined ? {} : { child: (name) => childWithoutSecrets(folder, name) }),
    list: async () => {
      const { files, folders } = await folder.list();
      return {
        files: files.filter(({ name }) => !isKeyFile(name)),
        folders: folders.filter(({ name }) => !isSecretFolder(name)).map(withoutSecrets),
      };
    },
  };
}

async function childWithoutSecrets(folder: SourceFolder, name: string): Promise<SourceFolder | null> {
  const child = isSecretFolder(name) ? null : ((await folder.child?.(name)) ?? null);
  return child === null ? null : withoutSecrets(child);
}

/** Only for what a search comes upon and files that are named like a tool's keys: a person may call a copy as they like. */
export function mayHoldSecrets(name: string): boolean {
  return FILES.test(name);
}

export function isSecretFolder(name: string): boolean {
  return FOLDERS.has(name.toLowerCase());
}

/** The tools' own files with keys: not read even when they are chosen themselves. */
export function isKeyFile(name: string): boolean {
  return /^(?:(?:mcp-)?auth\.json|\.credentials\.json|\.claude\.json|\.env)$/i.test(name);
}
