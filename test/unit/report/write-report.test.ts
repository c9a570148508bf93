import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunFolder } from '../../../src/files/run-folder.ts';
import { writeReport } from '../../../src/report/write-report.ts';
import { sampleGeometry, sampleManifest, writeSampleRun } from '../files/sample-run.ts';

let root: string;
let folder: RunFolder;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ohmloom-report-'));
  folder = await writeSampleRun(join(root, 'run'));
});
afterEach(() => rmSync(root, { recursive: true }));

async function report(): Promise<{ text: string; document: Document }> {
  const text = readFileSync(await writeReport(folder.path), 'utf8');
  return { text, document: new JSDOM(text).window.document };
}

describe('the report of a run', () => {
  test('is one file that needs no network and no script', async () => {
    const before = readdirSync(folder.path);
    const { text, document } = await report();
    expect(readdirSync(folder.path)).toEqual([...before, 'report.html'].sort());
    expect(text).not.toMatch(/[a-z]+:\/\//u);
    expect(document.querySelectorAll('script, link, iframe, object')).toHaveLength(0);
    expect(text).not.toMatch(/@import|url\(|src=/u);
  });

  test('shows every part of the run', async () => {
    const { document } = await report();
    const titles = [...document.querySelectorAll('h2')].map((title) => title.textContent);
    expect(titles).toEqual([
      'Conductance',
      'Accuracy and effort',
      'Programming traces',
      'Ledger',
      'Safety margins',
      'Provenance',
    ]);
    // Three maps with their bars, quantiles and histogram, and two plots for each of four traces.
    const figures = [...document.querySelectorAll('svg')];
    expect(figures).toHaveLength(6 + 2 + 2 * document.querySelectorAll('.traces figure').length);
    expect(figures.every((figure) => (figure.getAttribute('aria-label') ?? '') !== '')).toBe(true);
    expect(document.querySelector('.warning')).toBeNull();
  });

  test('is the same bytes for the same run', async () => {
    const first = (await report()).text;
    expect((await report()).text).toBe(first);
  });

  test('puts the results of an experiment on top', async () => {
    await folder.writeResults({
      title: 'Digits',
      figures: [{ label: 'Accuracy, programmed', value: 0.92, unit: '%' }],
      tables: [{ title: 'By digit', columns: ['digit', 'accuracy'], rows: [['seven', 0.9]] }],
    });
    const { document } = await report();
    expect(document.querySelector('h1')?.textContent?.trim()).toBe('Digits');
    expect(document.querySelector('dt')?.textContent).toBe('Accuracy, programmed');
    expect(document.querySelector('h2')?.textContent?.trim()).toBe('By digit');
  });

  test('says so when the run did not end well', async () => {
    await folder.writeManifest({
      ...sampleManifest,
      status: 'failed',
      error: { message: 'limit crossed at w1 b2' },
    });
    expect((await report()).document.querySelector('.warning')?.textContent).toBe(
      'The run failed before its end: limit crossed at w1 b2',
    );
    await folder.writeManifest({ ...sampleManifest, status: 'interrupted' });
    expect((await report()).document.querySelector('.warning')?.textContent).toContain('interrupted');
  });

  test('lets no text of the run become markup', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=y>';
    await folder.writeManifest({
      ...sampleManifest,
      runId: evil,
      command: evil,
      controller: evil,
      status: 'failed',
      error: { message: evil },
      device: { model: evil, set: evil, source: evil },
      config: { [evil]: evil },
    });
    await folder.writeResults({
      title: evil,
      figures: [{ label: evil, value: evil, unit: evil, note: evil }],
      tables: [{ title: evil, columns: [evil], rows: [[evil]] }],
    });
    const { document } = await report();
    expect(document.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    expect(document.querySelector('h1')?.textContent).toContain(evil);
  });

  test('of an array without targets and readings shows gaps, not numbers', async () => {
    const nothing = new Float64Array(6).fill(Number.NaN);
    await folder.writeConductances('targets', nothing, sampleGeometry);
    await folder.writeConductances('conductances', nothing, sampleGeometry);
    const { text, document } = await report();
    expect(text).not.toMatch(/NaN|Infinity|undefined/u);
    expect(document.querySelectorAll('.panel path[fill]')).toHaveLength(0);
  });
});
