import { arcOneLimits } from './limits.ts';

/** What a token of a request is, and so what it may be. */
const kinds = {
  volts: { unit: 'V', allowed: `-${arcOneLimits.volts} to ${arcOneLimits.volts} V` },
  width: { unit: 's', allowed: `${arcOneLimits.shortestWidth} to ${arcOneLimits.longestWidth} s` },
  interval: { unit: 's', allowed: `0 to ${arcOneLimits.longestWidth} s` },
  cutOff: {
    unit: 'A',
    allowed: `0 (none), or ${arcOneLimits.smallestCutOff} to ${arcOneLimits.largestCutOff} A of either sign`,
  },
  ohms: { unit: 'ohm', allowed: `0 to ${arcOneLimits.largestResistance} ohm` },
  percent: { unit: '%', allowed: '0 to 10000 %' },
  number: { unit: '', allowed: 'a finite number' },
  line: { unit: '', allowed: `an integer from 1 to ${arcOneLimits.lines}` },
  count: { unit: '', allowed: 'an integer from 0 to 1000000' },
  code: { unit: '', allowed: 'an integer from -1 to 256' },
} as const;

export type WireKind = keyof typeof kinds;

const integers: readonly WireKind[] = ['line', 'count', 'code'];

/** One token of a request, before it is text. */
export interface WireValue {
  readonly field: string;
  readonly kind: WireKind;
  readonly value: number;
}

export function wireValue(field: string, kind: WireKind, value: number): WireValue {
  return { field, kind, value };
}

export function isIntegerKind(kind: WireKind): boolean {
  return integers.includes(kind);
}

/** What a kind allows, for an error. */
export function allowedText(kind: WireKind): string {
  return kinds[kind].allowed;
}

export function unitText(kind: WireKind): string {
  return kinds[kind].unit;
}

/** Whether a number, as the board will read it, is within the documented limits. */
export function isAllowed(kind: WireKind, value: number): boolean {
  const magnitude = Math.abs(value);
  switch (kind) {
    case 'volts':
      return magnitude <= arcOneLimits.volts;
    case 'width':
      return value >= arcOneLimits.shortestWidth && value <= arcOneLimits.longestWidth;
    case 'interval':
      return value >= 0 && value <= arcOneLimits.longestWidth;
    case 'cutOff':
      return (
        value === 0 || (magnitude >= arcOneLimits.smallestCutOff && magnitude <= arcOneLimits.largestCutOff)
      );
    case 'ohms':
      return value >= 0 && value <= arcOneLimits.largestResistance;
    case 'percent':
      return value >= 0 && value <= 1e4;
    case 'number':
      return Number.isFinite(value);
    case 'line':
      return Number.isInteger(value) && value >= 1 && value <= arcOneLimits.lines;
    case 'count':
      return Number.isInteger(value) && value >= 0 && value <= 1e6;
    case 'code':
      return Number.isInteger(value) && value >= -1 && value <= 256;
  }
}
