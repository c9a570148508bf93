import { expect } from 'vitest';
import { boardBias, sneakCodes } from '../../firmware-bridge/arc-one/bias-code.ts';
import { runJob, type JobGuard } from '../../firmware-bridge/arc-one/board-job.ts';
import { chronoAmperometryJob } from '../../firmware-bridge/arc-one/chrono-amperometry.ts';
import { convergeJob } from '../../firmware-bridge/arc-one/converge.ts';
import { curveTracerJob } from '../../firmware-bridge/arc-one/curve-tracer.ts';
import { enduranceJob } from '../../firmware-bridge/arc-one/endurance.ts';
import { formFinderJob } from '../../firmware-bridge/arc-one/form-finder.ts';
import type { ArcOneLink } from '../../firmware-bridge/arc-one/link.ts';
import { readBitLine, writeBitLine } from '../../firmware-bridge/arc-one/multi-bias.ts';
import { seekPolarity, seekStability, seekStates } from '../../firmware-bridge/arc-one/multi-state-seeker.ts';
import { pulseAndRead, pulseCell } from '../../firmware-bridge/arc-one/pulse-cell.ts';
import { readAll, readCell, readMasked } from '../../firmware-bridge/arc-one/read-cells.ts';
import { readVersion, type Conversation } from '../../firmware-bridge/arc-one/start-up.ts';
import { playWaveforms } from '../../firmware-bridge/arc-one/stdp.ts';
import { switchSeekerJob } from '../../firmware-bridge/arc-one/switch-seeker.ts';
import type { Triplet } from '../../firmware-bridge/arc-one/triplet.ts';
import { readVolatility } from '../../firmware-bridge/arc-one/volatility-read.ts';
import { permitArray } from '../../firmware-bridge/array-permission.ts';
import type { Geometry } from '../../src/array/geometry.ts';
import type { Lab } from '../../src/lab/lab.ts';

/** Limits under which every job may run, milliseconds and many pulses included. */
export function jobGuard({ safeOperatingArea, driver }: Lab): JobGuard {
  return {
    safeOperatingArea: {
      ...safeOperatingArea,
      width: { pulse: { min: 1e-6, max: 0.1 }, read: { min: 1e-6, max: 1e-4 } },
      envelope: [{ volts: 0.85, width: 0.1 }],
      energy: { perPulse: 1, lowestResistance: 1e3 },
      compliance: { current: 1e-2, seriesResistance: 0, lineCurrent: 1 },
      endurance: { pulsesPerCell: 1e6, cyclesPerCell: 1e6, readsPerCell: 1e6 },
    },
    driver,
    bias: boardBias(sneakCodes.half, 'all-lines'),
    permission: permitArray(safeOperatingArea.array),
  };
}

const cell = { word: 2, bit: 6 };
const other = { word: 3, bit: 4 };
const ramp = { start: 0.2, step: 0.2, stop: 0.6 };
const train = { volts: 0.5, width: 1e-4, cutOff: 0, pulses: 2 };

type JobRun = (link: ArcOneLink, guard: JobGuard, session: Conversation, geometry: Geometry) => Promise<void>;

function requirePoints(
  found: readonly (readonly (readonly Triplet[])[])[],
  cells: number,
  runs: number,
): void {
  expect(found).toHaveLength(cells);
  for (const points of found) {
    expect(points).toHaveLength(runs);
    for (const run of points) {
      expect(run.length).toBeGreaterThan(0);
    }
  }
}

/** Every job of the board, through the driver. */
export const everyJob: readonly (readonly [string, JobRun])[] = [
  [
    '1, 2: reads',
    async (link, _guard, _session, geometry) => {
      const one = await readCell(link, cell);
      const all = await readAll(link, geometry);
      expect(all).toHaveLength(geometry.wordLines * geometry.bitLines);
      expect(all[cell.word * geometry.bitLines + cell.bit]! / one).toBeCloseTo(1, 2);
      const some = await readMasked(link, geometry, [other, cell]);
      expect(some[1]! / one).toBeCloseTo(1, 2);
    },
  ],
  [
    '3, 02, 04, 999: pulses',
    async (link, _guard, { version }) => {
      const before = await readCell(link, cell);
      const after = await pulseAndRead(link, cell, 0.8, 1e-3);
      expect(after).toBeGreaterThan(before);
      await pulseCell(link, cell, -0.8, 1e-3, version!);
      expect(await readCell(link, cell)).toBeLessThan(after);
      expect(await readVersion(link)).toEqual(version);
    },
  ],
  [
    '141: FormFinder',
    async (link, guard) => {
      const job = formFinderJob(
        {
          volts: ramp,
          width: { start: 1e-4, step: 1e-4, stop: 3e-4 },
          progression: 'seconds',
          interpulse: 1e-3,
          threshold: 0,
          thresholdPercent: 0,
          series: 0,
          pulses: 2,
        },
        'current',
      );
      const found = await runJob(link, job, [cell, other], guard);
      requirePoints(found, 2, 1);
      expect(found[0]![0]).toHaveLength(1 + 3 * 3 * 2);
    },
  ],
  [
    '15, 152: SwitchSeeker',
    async (link, guard) => {
      for (const speed of ['fast', 'slow'] as const) {
        const job = switchSeekerJob({
          speed,
          width: 1e-4,
          volts: ramp,
          interpulse: 1e-3,
          threshold: 1e6,
          reads: 2,
          pulses: 3,
          cycles: 2,
          tolerance: 1,
          readAfterPulse: true,
          polarity: 0,
        });
        requirePoints(await runJob(link, job, [cell], guard), 1, 1);
      }
    },
  ],
  [
    '191: Endurance',
    async (link, guard) => {
      const job = enduranceJob(
        { positive: train, negative: { ...train, volts: -0.5, pulses: 1 }, interpulse: 1e-3, cycles: 4 },
        'seconds',
      );
      const [[points = []] = []] = await runJob(link, job, [cell], guard);
      expect(points.map(({ volts }) => volts)).toEqual(
        Array.from({ length: 4 }, () => [0.5, 0.5, -0.5]).flat(),
      );
    },
  ],
  [
    '201: CurveTracer',
    async (link, guard) => {
      const job = curveTracerJob(
        {
          positive: 0.5,
          negative: 0.4,
          start: 0.1,
          step: 0.1,
          width: 5e-3,
          interpulse: 1e-3,
          cutOff: { positive: 1e-3, negative: 0 },
          cycles: 3,
          form: 'pulsed',
          span: 'positive-first',
          halt: true,
        },
        2e-3,
      );
      const found = await runJob(link, job, [cell], guard);
      requirePoints(found, 1, 3);
      expect(found[0]![0]!.map(({ volts }) => Math.round(10 * volts))).toEqual([
        1, 2, 3, 4, 5, 4, 3, 2, 1, -1, -2, -3, -4, -3, -2, -1,
      ]);
    },
  ],
  [
    '21: ConvergeToState',
    async (link, guard) => {
      const target = 1.05 * (await readCell(link, cell));
      const job = convergeJob({
        volts: { start: 0.4, step: 0.1, stop: 0.8 },
        width: { start: 5e-5, stepPercent: 100, stop: 1e-4 },
        interpulse: 1e-4,
        target,
        tolerancePercent: 1,
        initialPercent: 5,
        pulses: 20,
        firstPolarity: 1,
      });
      const [[points = []] = []] = await runJob(link, job, [cell], guard);
      expect(Math.abs(points.at(-1).ohms / target - 1)).toBeLessThanOrEqual(0.0101);
    },
  ],
  [
    '220: ChronoAmperometry',
    async (link, guard) => {
      const [[points = []] = []] = await runJob(
        link,
        chronoAmperometryJob({ bias: 0.3, width: 1e-3, reads: 7 }),
        [cell],
        guard,
      );
      expect(points).toHaveLength(7);
    },
  ],
  [
    '33: VolatilityRead',
    async (link, guard) => {
      const pulse = { volts: 0.5, width: 1e-4, batch: 5, samples: 10 };
      const all = await readVolatility(link, cell, pulse, guard, 3);
      expect(all.samples).toHaveLength(15);
      const few = await readVolatility(link, cell, pulse, guard, 3, (samples) => samples.length >= 10);
      expect(few.samples).toHaveLength(10);
      expect(few.samples.map(({ timeTicks }) => timeTicks)).toEqual(
        few.samples.map(({ timeTicks }) => timeTicks).sort((a, b) => a - b),
      );
    },
  ],
  [
    '40: STDP',
    async (link, guard) => {
      const waveform = [
        { time: 0, volts: 0.6 },
        { time: 1e-4, volts: -0.4 },
        { time: 2e-4, volts: 0 },
      ];
      const { steps } = await playWaveforms(link, cell, [waveform, waveform], guard);
      expect(steps).toHaveLength(2);
    },
  ],
  [
    '50: MultiBias',
    async (link, guard, _session, geometry) => {
      const lines = { wordLines: [0, 2], bitLine: 6, writeVolts: 0.5, width: 1e-4, readVolts: 0.2 };
      const [first = 1, second = 1] = await readMasked(link, geometry, [{ word: 0, bit: 6 }, cell]);
      const amperes = await readBitLine(link, lines, guard);
      expect(amperes / (0.2 / first + 0.2 / second)).toBeCloseTo(1, 2);
      const { before, after } = await writeBitLine(link, lines, geometry.wordLines, guard);
      expect(after[2]!.ohms).toBeGreaterThan(before[2]!.ohms);
      expect(after).toHaveLength(geometry.wordLines);
    },
  ],
  [
    '161 to 165: MultiStateSeeker',
    async (link, guard) => {
      const found = await seekPolarity(
        link,
        cell,
        {
          width: 1e-4,
          volts: { start: 0.4, step: 0.2, stop: 0.8 },
          interpulse: 1e-3,
          reads: 2,
          pulses: 5,
          tolerance: 1,
          readAfterPulse: false,
        },
        guard,
      );
      expect(found.polarity).not.toBeNull();
      expect(await seekStability(link, cell, { volts: -0.5, width: 1e-4 }, guard, 6)).toHaveLength(6);
      const judgement = {
        reads: 3,
        sigma: 2,
        monotonic: 'ignore',
        resetCounter: false,
        interpulse: 1e-3,
        retention: 1e-3,
      } as const;
      const sweeps = [
        { ...judgement, sweep: 'volts', volts: ramp, width: 1e-4, pulses: 2 },
        {
          ...judgement,
          sweep: 'width',
          width: { start: 1e-4, step: 1e-4, stop: 3e-4 },
          volts: 0.5,
          pulses: 2,
        },
        { ...judgement, sweep: 'pulses', pulses: { start: 1, step: 2, stop: 5 }, volts: 0.5, width: 1e-4 },
      ] as const;
      for (const sweep of sweeps) {
        const { points, states } = await seekStates(link, cell, sweep, guard);
        expect(points.length).toBeGreaterThan(0);
        expect(states.length).toBeGreaterThan(0);
      }
    },
  ],
];
