/** How a terminal's lines and columns are shared out. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Lines between the head and the foot. */
  readonly body: number;
  /** Columns of the personas; 0 where there is room for one pane only. */
  readonly personas: number;
  /** Columns of what stands beside them. */
  readonly main: number;
  /** Lines of what is marked, under a list; 0 where there is no room. */
  readonly preview: number;
  /** Lines of a list under its title. */
  readonly list: number;
}

const HEAD = 2;
const FOOT = 2;
const TITLE = 1;
const RULE = 1;
const TWO_PANES_FROM = 64;
const PREVIEW_FROM = 13;
const SMALLEST = { columns: 20, rows: 7 };

export function layoutOf(size: { readonly columns: number; readonly rows: number }): Layout {
  const columns = Math.max(SMALLEST.columns, size.columns);
  const rows = Math.max(SMALLEST.rows, size.rows);
  const body = rows - HEAD - FOOT;
  const personas = columns < TWO_PANES_FROM ? 0 : Math.min(32, Math.floor(columns * 0.3));
  const preview = body < PREVIEW_FROM ? 0 : Math.floor(body / 3);
  const list = body - TITLE - (preview === 0 ? 0 : preview + RULE);
  return { columns, rows, body, personas, main: personas === 0 ? columns : columns - personas - 1, preview, list };
}
