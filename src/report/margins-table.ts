import type { LimitMargin } from '../schedule/safe-operating-area.ts';
import { dataTable } from './data-table.ts';
import { html, type Html } from './html.ts';
import { formatShare, formatSi } from './number-format.ts';

/** A margin below this gets a colour: a device that differs a little from its data sheet may cross the limit. */
const narrow = 0.1;

/**
 * Tabulate how near the schedule comes to each limit of the safe operating area, the nearest first, with a bar that
 * is full at the limit.
 *
 * @example
 * marginsTable(run.certificate.limits);
 */
export function marginsTable(limits: readonly LimitMargin[]): Html {
  const touched = limits.filter((limit) => limit.operation !== null).sort((a, b) => a.margin - b.margin);
  const untouched = limits.filter((limit) => limit.operation === null);
  return dataTable(
    [
      { title: 'Limit' },
      { title: 'Worst', numeric: true },
      { title: 'Allowed', numeric: true },
      { title: 'Margin', numeric: true },
      { title: 'Used' },
      { title: 'Operation', numeric: true },
    ],
    [...touched.map(touchedRow), ...untouched.map(untouchedRow)],
  );
}

function touchedRow({ limit, unit, allowed, worst, margin, operation }: LimitMargin) {
  return [
    html`<code>${limit}</code>`,
    formatSi(worst, unit),
    formatSi(allowed, unit),
    formatShare(margin),
    usageBar(usage({ allowed, worst, margin }), margin < narrow),
    operation ?? '',
  ];
}

function untouchedRow({ limit, unit, allowed }: LimitMargin) {
  return [
    html`<code>${limit}</code>`,
    '–',
    formatSi(allowed, unit),
    '–',
    html`<span class="note">not used</span>`,
    '',
  ];
}

/** Worst over allowed for an upper limit; a lower limit is the other way up, and its margin may exceed 1. */
function usage({ allowed, worst, margin }: Pick<LimitMargin, 'allowed' | 'worst' | 'margin'>): number {
  const upper = worst <= allowed && margin <= 1;
  return upper ? 1 - margin : allowed / worst;
}

function usageBar(share: number, isNarrow: boolean): Html {
  const percent = Math.round(1000 * Math.min(Math.max(share, 0), 1)) / 10;
  const kind = isNarrow ? 'bar narrow' : 'bar';
  return html`<span class="${kind}"><span style="width:${percent}%"></span></span>`;
}
