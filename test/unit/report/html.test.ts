import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { Html, html } from '../../../src/report/html.ts';

const { document } = new JSDOM('').window;

describe('HTML templates', () => {
  test('any text comes out as the same text, never as markup, in an element and in an attribute', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('<script>alert(1)</script>', '"><img src=x>', "' onload='x", '&amp;', '</title>'),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const holder = document.createElement('div');
        holder.innerHTML = html`<p title="${text}">${text}</p>`.text;
        expect(holder.querySelectorAll('*')).toHaveLength(1);
        expect(holder.textContent).toBe(text.replaceAll(/\r\n?/gu, '\n'));
        expect(holder.firstElementChild?.attributes).toHaveLength(1);
        expect(holder.firstElementChild?.getAttribute('title')).toBe(text.replaceAll(/\r\n?/gu, '\n'));
      }),
    );
  });

  test('HTML stays HTML, and lists are joined', () => {
    const items = ['a', 'b<'].map((text) => html`<li>${text}</li>`);
    expect(html`${items}${new Html('<li>c</li>')}`.text).toBe('<li>a</li><li>b&lt;</li><li>c</li>');
  });
});
