import { html, type Html, type HtmlPart } from './html.ts';

export interface Column {
  readonly title: string;
  /** Numbers stand right-aligned, so that their digits compare. */
  readonly numeric?: boolean;
}

/**
 * Build a table.
 *
 * @param rows - one value per column
 * @example
 * dataTable([{ title: 'outcome' }, { title: 'cells', numeric: true }], [['converged', '1,024']]);
 */
export function dataTable(columns: readonly Column[], rows: readonly (readonly HtmlPart[])[]): Html {
  const kind = (index: number): string => (columns[index]?.numeric === true ? 'number' : 'text');
  const head = columns.map(
    (column, index) => html`<th scope="col" class="${kind(index)}">${column.title}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((value, index) => html`<td class="${kind(index)}">${value}</td>`)}
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}
