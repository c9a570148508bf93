import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import type { FrameOperation, Operation, ReadOperation } from '../../../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { changed, driver, limits, pulse } from './examples.ts';

const step = driver.stepVolts;
const tick = driver.stepWidth;

export const read: ReadOperation = {
  kind: 'read',
  cells: [pulse.cell],
  volts: 0.25,
  width: 1 / 8,
  bias: 'half',
};

export const frame: FrameOperation = {
  kind: 'frame',
  wordVolts: [1.5, 0, 0],
  bitVolts: [0, 0, 0, 0],
  width: 1 / 4,
  sense: false,
};

export function repeated(count: number, operation: Operation): Operation[] {
  return Array.from({ length: count }, () => operation);
}

/** A limit, the field that narrows it, what sits at it, and what goes one step beyond. */
interface Crossing {
  readonly limit: string;
  readonly path: readonly (string | number)[];
  readonly allowed: number;
  readonly at: readonly Operation[];
  readonly beyond: readonly Operation[];
  /** Value that is refused. */
  readonly asked: number;
}

const onDriver: readonly Crossing[] = [
  {
    limit: 'driver.maxVolts',
    path: ['maxVolts'],
    allowed: 1,
    at: [{ ...pulse, bias: 'third' }],
    beyond: [{ ...pulse, volts: 1 + step, bias: 'third' }],
    asked: 1 + step,
  },
  {
    limit: 'driver.minVolts',
    path: ['minVolts'],
    allowed: -0.5,
    at: [pulse],
    beyond: [{ ...pulse, volts: 1 + 2 * step }],
    asked: -0.5 - step,
  },
  {
    limit: 'driver.minWidth',
    path: ['minWidth'],
    allowed: 1 / 8,
    at: [pulse],
    beyond: [{ ...pulse, width: 1 / 8 - tick }],
    asked: 1 / 8 - tick,
  },
  {
    limit: 'driver.maxWidth',
    path: ['maxWidth'],
    allowed: 1 / 8,
    at: [pulse],
    beyond: [{ ...pulse, width: 1 / 8 + tick }],
    asked: 1 / 8 + tick,
  },
];

const onArea: readonly Crossing[] = [
  {
    limit: 'voltage.pulse.positive',
    path: ['voltage', 'pulse', 'positive'],
    allowed: 1,
    at: [pulse],
    beyond: [{ ...pulse, volts: 1 + step }],
    asked: 1 + step,
  },
  {
    limit: 'voltage.pulse.negative',
    path: ['voltage', 'pulse', 'negative'],
    allowed: 1,
    at: [{ ...pulse, volts: -1 }],
    beyond: [{ ...pulse, volts: -1 - step }],
    asked: 1 + step,
  },
  {
    limit: 'voltage.read.positive',
    path: ['voltage', 'read', 'positive'],
    allowed: 0.25,
    at: [read],
    beyond: [{ ...read, volts: 0.25 + step }],
    asked: 0.25 + step,
  },
  {
    limit: 'voltage.read.negative',
    path: ['voltage', 'read', 'negative'],
    allowed: 0.25,
    at: [{ ...read, volts: -0.25 }],
    beyond: [{ ...read, volts: -0.25 - step }],
    asked: 0.25 + step,
  },
  {
    limit: 'voltage.line',
    path: ['voltage', 'line'],
    allowed: 1.5,
    at: [frame],
    beyond: [{ ...frame, wordVolts: [0, -1.5 - step, 0] }],
    asked: 1.5 + step,
  },
  {
    limit: 'voltage.unselected',
    path: ['voltage', 'unselected'],
    allowed: 0.5,
    at: [pulse],
    beyond: [{ ...pulse, volts: 1 + 2 * step }],
    asked: 0.5 + step,
  },
  {
    limit: 'width.pulse.min',
    path: ['width', 'pulse', 'min'],
    allowed: 1 / 8,
    at: [pulse],
    beyond: [{ ...pulse, width: 1 / 8 - tick }],
    asked: 1 / 8 - tick,
  },
  {
    limit: 'width.pulse.max',
    path: ['width', 'pulse', 'max'],
    allowed: 1 / 8,
    at: [pulse],
    beyond: [{ ...pulse, width: 1 / 8 + tick }],
    asked: 1 / 8 + tick,
  },
  {
    limit: 'width.read.min',
    path: ['width', 'read', 'min'],
    allowed: 1 / 8,
    at: [read],
    beyond: [{ ...read, width: 1 / 8 - tick }],
    asked: 1 / 8 - tick,
  },
  {
    limit: 'width.read.max',
    path: ['width', 'read', 'max'],
    allowed: 1 / 8,
    at: [read],
    beyond: [{ ...read, width: 1 / 8 + tick }],
    asked: 1 / 8 + tick,
  },
  {
    limit: 'envelope.volts',
    path: ['envelope'],
    allowed: 1,
    at: [pulse],
    beyond: [{ ...pulse, volts: 1 + step }],
    asked: 1 + step,
  },
  {
    limit: 'energy.perPulse',
    path: ['energy', 'perPulse'],
    // V^2 t / R = 1 / 8 / 1024
    allowed: 1 / 8192,
    at: [pulse],
    beyond: [{ ...pulse, volts: 1 + step }],
    asked: (1 + step) ** 2 / 8192,
  },
  {
    limit: 'compliance.current',
    path: ['compliance', 'current'],
    allowed: 1 / 1024,
    at: [pulse],
    beyond: [{ ...pulse, volts: 1 + step }],
    asked: (1 + step) / 1024,
  },
  {
    limit: 'compliance.lineCurrent',
    path: ['compliance', 'lineCurrent'],
    // The selected word line: its cell, and three others at half the voltage.
    allowed: 2.5 / 1024,
    at: [pulse],
    beyond: [{ ...pulse, volts: 1 + step }],
    asked: (2.5 * (1 + step)) / 1024,
  },
  {
    limit: 'halfSelect[0].total',
    path: ['halfSelect', 0],
    allowed: 1 / 8,
    at: [pulse],
    beyond: [{ ...pulse, width: 1 / 8 + tick }],
    asked: 1 / 8 + tick,
  },
  {
    limit: 'endurance.pulsesPerCell',
    path: ['endurance', 'pulsesPerCell'],
    allowed: 3,
    at: repeated(3, pulse),
    beyond: repeated(4, pulse),
    asked: 4,
  },
  {
    limit: 'endurance.cyclesPerCell',
    path: ['endurance', 'cyclesPerCell'],
    allowed: 1,
    at: [pulse, pulse, { ...pulse, volts: -1 }, pulse],
    beyond: [pulse, { ...pulse, volts: -1 }, pulse, { ...pulse, volts: -1 }],
    asked: 2,
  },
  {
    limit: 'endurance.readsPerCell',
    path: ['endurance', 'readsPerCell'],
    allowed: 2,
    at: [{ ...read, cells: [pulse.cell, pulse.cell] }],
    beyond: [{ ...read, cells: [pulse.cell, pulse.cell] }, read],
    asked: 3,
  },
];

/** The limits that are tables rather than one number. */
const tables: Readonly<Record<string, unknown>> = {
  'envelope.volts': [{ volts: 1, width: 1 }],
  'halfSelect[0].total': { volts: 0.5, total: 1 / 8 },
};

/** Every limit with the limits and the driver that are narrowed to it. */
export const crossings: readonly (Crossing & {
  readonly area: SafeOperatingArea;
  readonly grid: DriverGrid;
})[] = [
  ...onArea.map((crossing) => ({
    ...crossing,
    area: changed(limits, crossing.path, tables[crossing.limit] ?? crossing.allowed),
    grid: driver,
  })),
  ...onDriver.map((crossing) => ({
    ...crossing,
    area: limits,
    grid: changed(driver, crossing.path, crossing.allowed),
  })),
].map((row) =>
  // A lower bin may not allow less than a higher one.
  row.limit === 'halfSelect[0].total'
    ? { ...row, area: changed(row.area, ['halfSelect', 1, 'total'], 0) }
    : row,
);
