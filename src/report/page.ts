import { html, Html } from './html.ts';
import { pageStyle } from './page-style.ts';

/** One part of a page. */
export interface Section {
  readonly title: string;
  /** One or two sentences on how to read what follows. */
  readonly lead?: string;
  readonly content: Html;
}

export interface Page {
  readonly title: string;
  readonly subtitle: string;
  /** How the run ended, when it did not end well. */
  readonly warning?: string;
  readonly headline: Html;
  readonly sections: readonly Section[];
  readonly footer: string;
}

/**
 * Lay out a page as one file that needs nothing else: no network, no script.
 *
 * @returns an HTML document
 * @example
 * renderPage({ title: 'Run', subtitle: '', headline: html``, sections: [], footer: '' });
 */
export function renderPage({ title, subtitle, warning, headline, sections, footer }: Page): string {
  const body = html`<header>
      <h1>${title}</h1>
      <p class="subtitle">${subtitle}</p>
      ${warning === undefined ? '' : html`<p class="warning" role="alert">${warning}</p>`}
    </header>
    <main>
      ${headline}
      ${sections.map(
        (section) =>
          html`<section>
            <h2>${section.title}</h2>
            ${section.lead === undefined ? '' : html`<p class="lead">${section.lead}</p>`} ${section.content}
          </section> `,
      )}
    </main>
    <footer>${footer}</footer>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${html`<title>${title}</title>`.text}
<style>${pageStyle}</style>
</head>
<body>
${body.text}
</body>
</html>
`;
}
