import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { accuracyTable, measureAccuracy } from '../../../src/report/accuracy-table.ts';
import { headline } from '../../../src/report/headline.ts';
import type { Html } from '../../../src/report/html.ts';
import { ledgerTable } from '../../../src/report/ledger-table.ts';
import { manifestTable } from '../../../src/report/manifest-table.ts';
import { marginsTable } from '../../../src/report/margins-table.ts';
import { outcomeTable } from '../../../src/report/outcome-table.ts';
import { sampleCertificate, sampleGeometry, sampleManifest } from '../files/sample-run.ts';

const { document } = new JSDOM('').window;

function parse(markup: Html): HTMLElement {
  const holder = document.createElement('div');
  holder.innerHTML = markup.text;
  return holder;
}

/** Rows of the body as text, with the narrow space of units written as a plain one. */
function rows(markup: Html): string[][] {
  return [...parse(markup).querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => (cell.textContent ?? '').trim().replaceAll('\u202f', ' ')),
  );
}

describe('the accuracy table', () => {
  const targets = new Float64Array([1e-5, 1e-5, 1e-5, 1e-5, Number.NaN]);
  const conductances = new Float64Array([1.001e-5, 0.98e-5, 1.02e-5, 1e-5, 5e-5]);
  const errors = conductances.map((value, index) => (value - targets[index]!) / targets[index]!);
  const tolerances = new Float64Array([0.015, 0.015, 0.015, 0.015, Number.NaN]);

  test('sums up the errors of the cells that have a target', () => {
    const accuracy = measureAccuracy(conductances, targets, errors, tolerances);
    expect(accuracy.cells).toBe(4);
    expect(accuracy.withinTolerance).toBe(2);
    expect(accuracy.median).toBeCloseTo((0.001 + 0.02) / 2, 12);
    expect(accuracy.largest).toBeCloseTo(0.02, 12);
    expect(accuracy.bias).toBeCloseTo(0.0005, 12);
    expect(accuracy.rootMeanSquareSiemens).toBeCloseTo(
      Math.sqrt((1e-8 ** 2 + 2e-7 ** 2 + 2e-7 ** 2) / 4),
      15,
    );
    expect(rows(accuracyTable(accuracy, 0.015)).slice(0, 2)).toEqual([
      ['within the tolerance of 1.5 %', '2 of 4'],
      ['median |error|', '1.05 %'],
    ]);
  });

  test('of an array without targets has no figures', () => {
    const none = new Float64Array([Number.NaN]);
    const table = rows(accuracyTable(measureAccuracy(new Float64Array(1), none, none, none), undefined));
    expect(new Set(table.map(([, value]) => value))).toEqual(new Set(['–']));
  });
});

test('the outcome table counts cells, pulses and errors of each outcome', () => {
  const record = {
    outcomes: ['converged', 'converged', 'stuck-high', undefined] as const,
    pulses: new Uint32Array([2, 4, 12, 7]),
    tolerances: new Float64Array(4),
    ledger: new Map(),
    examples: new Map(),
  };
  expect(rows(outcomeTable(record, new Float64Array([0.001, -0.003, 0.5, Number.NaN])))).toEqual([
    ['converged', '2', '66.7 %', '3', '4', '0.200 %'],
    ['stuck high', '1', '33.3 %', '12', '12', '50.0 %'],
  ]);
});

test('the ledger ends with the sum of its lines', () => {
  const cost = { seconds: 1e-3, joules: 2e-9, coulombs: 3e-9 };
  const ledger = new Map([
    ['programVerify', { operations: 2, pulses: 10, reads: 12, cost }],
    ['read', { operations: 1, pulses: 0, reads: 4, cost }],
  ] as const);
  expect(rows(ledgerTable(ledger))).toEqual([
    ['write-verify loop', '2', '10', '12', '1.00 ms', '2.00 nJ', '3.00 nC'],
    ['read', '1', '0', '4', '1.00 ms', '2.00 nJ', '3.00 nC'],
    ['all', '3', '10', '16', '2.00 ms', '4.00 nJ', '6.00 nC'],
  ]);
});

test('the margins stand in the order of danger, with a bar that is full at the limit', () => {
  const table = marginsTable(sampleCertificate.limits);
  expect(rows(table).map(([limit, , , margin]) => [limit, margin])).toEqual([
    ['energy.perPulse', '2.00 %'],
    ['voltage.pulse.positive', '20.0 %'],
    ['width.pulse.min', '900 %'],
    ['voltage.pulse.negative', '–'],
  ]);
  const bars = [...parse(table).querySelectorAll('.bar')];
  expect(bars.map((bar) => bar.firstElementChild?.getAttribute('style'))).toEqual([
    'width:98%',
    'width:80%',
    'width:10%',
  ]);
  expect(bars.map((bar) => bar.classList.contains('narrow'))).toEqual([true, false, false]);
});

test('the manifest table tells how to repeat the run', () => {
  const root = parse(manifestTable(sampleManifest, sampleGeometry));
  const text = root.textContent ?? '';
  expect(text).toContain(sampleManifest.digests.schedule);
  expect(text).toContain('2026-11-22 03:04:05 UTC');
  expect(JSON.parse(root.querySelector('pre')?.textContent ?? '')).toEqual(sampleManifest.config);
});

test('the headline begins with the figures of the experiment', () => {
  const none = new Float64Array(0);
  const root = parse(
    headline({
      summary: sampleManifest.summary,
      accuracy: { ...measureAccuracy(none, none, none, none), median: 0.002 },
      tolerance: 0.01,
      limits: sampleCertificate.limits,
      results: {
        title: 'Digits',
        figures: [
          { label: 'Accuracy', value: 0.92, unit: '%', note: 'held out' },
          { label: 'Images', value: 2000 },
          { label: 'Layer', value: 'first' },
          { label: 'Delay', value: 2.5e-6, unit: 's' },
        ],
      },
    }),
  );
  const figures = [...root.querySelectorAll('dl > div')].map((figure) =>
    [...figure.children].map((part) => (part.textContent ?? '').trim().replaceAll('\u202f', ' ')),
  );
  expect(figures).toEqual([
    ['Accuracy', '92.0 %', 'held out'],
    ['Images', '2,000', ''],
    ['Layer', 'first', ''],
    ['Delay', '2.50 µs', ''],
    ['Cells converged', '83.3 %', '5 of 6'],
    ['Median |error|', '0.200 %', 'tolerance 1 %'],
    ['Pulses', '13', '2.17 a cell, 19 reads'],
    ['Energy', '3.00 nJ', '500 pJ a cell'],
    ['Hardware time', '20.0 µs', 'pulses, reads and waits'],
    ['Tightest margin', '2.00 %', 'energy.perPulse'],
  ]);
});
