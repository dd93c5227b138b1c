/** Told what could not be read. `row`: a row id, or a place such as `page 12, cell 3`. */
export interface DamageListener {
  page(page: number, what: string): void;
  row(table: string, row: string, what: string): void;
}
