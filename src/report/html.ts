/** HTML that may stand in a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template takes: text and numbers are escaped, HTML is not, lists are joined. */
export type HtmlPart = Html | string | number | readonly HtmlPart[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Build HTML from a template in which every value is escaped, so that no text of a run can become markup.
 *
 * @example
 * html`<td>${'a < b'}</td>`.text; // "<td>a &lt; b</td>"
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.map((text, index) => text + render(parts[index] ?? '')).join(''));
}

function render(part: HtmlPart): string {
  if (part instanceof Html) {
    return part.text;
  }
  if (typeof part === 'object') {
    return part.map(render).join('');
  }
  return String(part).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? '');
}
