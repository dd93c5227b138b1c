/**
 * The tables and indices of OpenCode 1.18.34 in the order that program makes them, and the smaller set of 1.2 (March 2026)
 * for fixtures that must stay small. Taken from what the programs wrote: see EVIDENCE.md.
 */
export type SchemaVersion = '1.18' | '1.2';

/** `owner`: the column that refers to a parent table, `column>table`, deleted with it. `key`: a primary key of several columns. */
interface TableShape {
  readonly name: string;
  readonly columns: string;
  readonly key?: string;
  readonly owner?: string;
}

const TABLES: readonly TableShape[] = [
  {
    name: 'workspace',
    columns:
      "id text PRIMARY KEY, type text NOT NULL, name text DEFAULT '' NOT NULL, branch text, directory text, extra text, project_id text NOT NULL, time_used integer NOT NULL",
    owner: 'project_id>project',
  },
  { name: 'data_migration', columns: 'name text PRIMARY KEY, time_completed integer NOT NULL' },
  {
    name: 'account_state',
    columns: 'id integer PRIMARY KEY, active_account_id text, active_org_id text',
    owner: 'active_account_id>account',
  },
  {
    name: 'account',
    columns:
      'id text PRIMARY KEY, email text NOT NULL, url text NOT NULL, access_token text NOT NULL, refresh_token text NOT NULL, token_expiry integer, time_created integer NOT NULL, time_updated integer NOT NULL',
  },
  {
    name: 'control_account',
    columns:
      'email text NOT NULL, url text NOT NULL, access_token text NOT NULL, refresh_token text NOT NULL, token_expiry integer, active integer NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL',
    key: 'email, url',
  },
  {
    name: 'credential',
    columns:
      'id text PRIMARY KEY, integration_id text, label text NOT NULL, value text NOT NULL, connector_id text, method_id text, active integer, time_created integer NOT NULL, time_updated integer NOT NULL',
  },
  { name: 'event_sequence', columns: 'aggregate_id text PRIMARY KEY, seq integer NOT NULL, owner_id text' },
  {
    name: 'event',
    columns:
      'id text PRIMARY KEY, aggregate_id text NOT NULL, seq integer NOT NULL, type text NOT NULL, data text NOT NULL',
    owner: 'aggregate_id>event_sequence',
  },
  {
    name: 'permission',
    columns:
      'id text PRIMARY KEY, project_id text NOT NULL, action text NOT NULL, resource text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL',
    owner: 'project_id>project',
  },
  {
    name: 'project_directory',
    columns:
      'project_id text NOT NULL, directory text NOT NULL, type text, strategy text, time_created integer NOT NULL',
    key: 'project_id, directory',
    owner: 'project_id>project',
  },
  {
    name: 'project',
    columns:
      'id text PRIMARY KEY, worktree text NOT NULL, vcs text, name text, icon_url text, icon_url_override text, icon_color text, time_created integer NOT NULL, time_updated integer NOT NULL, time_initialized integer, sandboxes text NOT NULL, commands text',
  },
  {
    name: 'message',
    columns:
      'id text PRIMARY KEY, session_id text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL',
    owner: 'session_id>session',
  },
  {
    name: 'part',
    columns:
      'id text PRIMARY KEY, message_id text NOT NULL, session_id text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL',
    owner: 'message_id>message',
  },
  {
    name: 'session_context_epoch',
    columns:
      'session_id text PRIMARY KEY, baseline text NOT NULL, snapshot text NOT NULL, baseline_seq integer NOT NULL',
    owner: 'session_id>session',
  },
  {
    name: 'session_input',
    columns:
      'id text PRIMARY KEY, session_id text NOT NULL, prompt text NOT NULL, delivery text NOT NULL, admitted_seq integer NOT NULL, promoted_seq integer, time_created integer NOT NULL',
    owner: 'session_id>session',
  },
  {
    name: 'session_message',
    columns:
      'id text PRIMARY KEY, session_id text NOT NULL, type text NOT NULL, seq integer NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL',
    owner: 'session_id>session',
  },
  {
    name: 'session',
    columns:
      'id text PRIMARY KEY, project_id text NOT NULL, workspace_id text, parent_id text, slug text NOT NULL, directory text NOT NULL, path text, title text NOT NULL, version text NOT NULL, share_url text, summary_additions integer, summary_deletions integer, summary_files integer, summary_diffs text, metadata text, cost real DEFAULT 0 NOT NULL, tokens_input integer DEFAULT 0 NOT NULL, tokens_output integer DEFAULT 0 NOT NULL, tokens_reasoning integer DEFAULT 0 NOT NULL, tokens_cache_read integer DEFAULT 0 NOT NULL, tokens_cache_write integer DEFAULT 0 NOT NULL, revert text, permission text, agent text, model text, time_created integer NOT NULL, time_updated integer NOT NULL, time_compacting integer, time_archived integer',
    owner: 'project_id>project',
  },
  {
    name: 'todo',
    columns:
      'session_id text NOT NULL, content text NOT NULL, status text NOT NULL, priority text NOT NULL, position integer NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL',
    key: 'session_id, position',
    owner: 'session_id>session',
  },
  {
    name: 'session_share',
    columns:
      'session_id text PRIMARY KEY, id text NOT NULL, secret text NOT NULL, url text NOT NULL, time_created integer NOT NULL, time_updated integer NOT NULL',
    owner: 'session_id>session',
  },
];

/** name, table, columns; `!` marks a unique one. */
const INDICES: readonly (readonly [string, string, string])[] = [
  ['!event_aggregate_seq_idx', 'event', 'aggregate_id,seq'],
  ['event_aggregate_type_seq_idx', 'event', 'aggregate_id,type,seq'],
  ['!permission_project_action_resource_idx', 'permission', 'project_id,action,resource'],
  ['message_session_time_created_id_idx', 'message', 'session_id,time_created,id'],
  ['part_message_id_id_idx', 'part', 'message_id,id'],
  ['part_session_idx', 'part', 'session_id'],
  ['session_input_session_pending_delivery_seq_idx', 'session_input', 'session_id,promoted_seq,delivery,admitted_seq'],
  ['!session_input_session_admitted_seq_idx', 'session_input', 'session_id,admitted_seq'],
  ['!session_input_session_promoted_seq_idx', 'session_input', 'session_id,promoted_seq'],
  ['!session_message_session_seq_idx', 'session_message', 'session_id,seq'],
  ['session_message_session_type_seq_idx', 'session_message', 'session_id,type,seq'],
  ['session_message_session_time_created_id_idx', 'session_message', 'session_id,time_created,id'],
  ['session_message_time_created_idx', 'session_message', 'time_created'],
  ['session_project_idx', 'session', 'project_id'],
  ['session_workspace_idx', 'session', 'workspace_id'],
  ['session_parent_idx', 'session', 'parent_id'],
  ['todo_session_idx', 'todo', 'session_id'],
];

/** When the program first started on this machine, ms. */
const MIGRATED_AT = 1_767_250_800_000;

const MIGRATIONS = [
  '20260127222353_familiar_lady_ursula',
  '20260211171708_add_project_commands',
  '20260213144116_wakeful_the_professor',
  '20260225215848_workspace',
  '20260227213759_add_session_workspace_id',
  '20260228203230_blue_harpoon',
  '20260303231226_add_workspace_fields',
  '20260309230000_move_org_to_state',
  '20260312043431_session_message_cursor',
  '20260323234822_events',
  '20260410174513_workspace-name',
  '20260413175956_chief_energizer',
  '20260423070820_add_icon_url_override',
  '20260427172553_slow_nightmare',
  '20260428004200_add_session_path',
  '20260501142318_next_venus',
  '20260504145000_add_sync_owner',
  '20260507164347_add_workspace_time',
  '20260510033149_session_usage',
  '20260511000411_data_migration_state',
  '20260511173437_session-metadata',
  '20260601010001_normalize_storage_paths',
  '20260601202201_amazing_prowler',
  '20260602002951_lowly_union_jack',
  '20260602182828_add_project_directories',
  '20260603001617_session_message_projection_indexes',
  '20260603040000_session_message_projection_order',
  '20260603141458_session_input_inbox',
  '20260603160727_jittery_ezekiel_stane',
  '20260604172448_event_sourced_session_input',
  '20260605003541_add_session_context_snapshot',
  '20260605042240_add_context_epoch_agent',
  '20260611035744_credential',
  '20260611192811_lush_chimera',
  '20260612174303_project_dir_strategy',
  '20260622142730_simplify_session_context_epoch',
  '20260622170816_reset_v2_session_state',
  '20260622202450_simplify_session_input',
];

/** 1.2 knew no events, no costs and no agent on a session. */
const TABLES_1_2: readonly TableShape[] = [
  {
    name: 'project',
    columns:
      'id text PRIMARY KEY, worktree text NOT NULL, vcs text, name text, icon_url text, icon_color text, time_created integer NOT NULL, time_updated integer NOT NULL, time_initialized integer, sandboxes text NOT NULL, commands text',
  },
  ...TABLES.filter(({ name }) => name === 'message' || name === 'part'),
  {
    name: 'session',
    columns:
      'id text PRIMARY KEY, project_id text NOT NULL, parent_id text, slug text NOT NULL, directory text NOT NULL, title text NOT NULL, version text NOT NULL, share_url text, summary_additions integer, summary_deletions integer, summary_files integer, summary_diffs text, revert text, permission text, time_created integer NOT NULL, time_updated integer NOT NULL, time_compacting integer, time_archived integer, workspace_id text',
    owner: 'project_id>project',
  },
  ...TABLES.filter(({ name }) => name === 'todo'),
];

/** The statements that make an empty database of that version. */
export function schemaStatements(version: SchemaVersion): string[] {
  const tables = version === '1.18' ? TABLES : TABLES_1_2;
  const names = new Set(tables.map(({ name }) => name));
  const statements = [...tables.map(createTable), ...INDICES.filter(([, table]) => names.has(table)).map(createIndex)];
  if (version === '1.2')
    return statements.map((sql) => sql.replaceAll('\n          ', '\n\t').replace('\n        )', '\n)'));
  const migrations = MIGRATIONS.map((id) => `('${id}', ${MIGRATED_AT})`);
  return [
    ...statements,
    'CREATE TABLE "migration" (id TEXT PRIMARY KEY, time_completed INTEGER NOT NULL)',
    `INSERT INTO migration VALUES ${migrations.join(', ')}`,
  ];
}

function createTable({ name, columns, key, owner }: TableShape): string {
  const lines = columns.split(', ').map((column) => column.replace(/^\w+/, '`$&`'));
  if (key) lines.push(`CONSTRAINT \`${name}_pk\` PRIMARY KEY(${quoted(key)})`);
  if (owner) lines.push(foreignKey(name, owner));
  return `CREATE TABLE \`${name}\` (\n          ${lines.join(',\n          ')}\n        )`;
}

function foreignKey(table: string, owner: string): string {
  const [column = '', parent = ''] = owner.split('>');
  const target = parent === 'event_sequence' ? 'aggregate_id' : 'id';
  const action = parent === 'account' ? 'SET NULL' : 'CASCADE';
  return `CONSTRAINT \`fk_${table}_${column}_${parent}_${target}_fk\` FOREIGN KEY (\`${column}\`) REFERENCES \`${parent}\`(\`${target}\`) ON DELETE ${action}`;
}

function createIndex([name, table, columns]: readonly [string, string, string]): string {
  const unique = name.startsWith('!') ? 'UNIQUE ' : '';
  return `CREATE ${unique}INDEX \`${name.replace('!', '')}\` ON \`${table}\` (${columns
    .split(',')
    .map((column) => `\`${column}\``)
    .join(',')})`;
}

function quoted(columns: string): string {
  return columns
    .split(', ')
    .map((column) => `\`${column}\``)
    .join(', ');
}
