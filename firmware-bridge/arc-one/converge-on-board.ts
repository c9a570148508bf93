import type { Cell } from '../../src/array/geometry.ts';
import { convergeToState } from '../../src/programming/converge-to-state.ts';
import { siForm } from '../../src/programming/parameter-form.ts';
import { isReachable, isWithinTolerance, type CellTask, type Verdict } from '../../src/programming/policy.ts';
import type { CellResult, TraceStep } from '../../src/run/backend.ts';
import { ResponseGuard } from '../../src/run/response-guard.ts';
import { roundVolts, roundWidth, type DriverGrid } from '../../src/schedule/driver-grid.ts';
import type { EnvelopePulse, ProgramVerifyOperation } from '../../src/schedule/operation.ts';
import type { Seconds, Siemens } from '../../src/units.ts';
import { toConductance, toResistance } from './address.ts';
import { biasCode } from './bias-code.ts';
import { runJob, type JobGuard } from './board-job.ts';
import { convergeJob, widthCount, type ConvergeParameters } from './converge.ts';
import { arcOneLimits } from './limits.ts';
import type { ArcOneLink } from './link.ts';
import { readCell } from './read-cells.ts';
import type { ArcOneSettings } from './settings.ts';
import type { Triplet } from './triplet.ts';

/** What `converge-to-state` and job 21 have in common. */
export type ConvergePlan = Pick<ConvergeParameters, 'volts' | 'width' | 'interpulse' | 'pulses'>;

/** Reads beside those after each pulse: two of ours and one of the board's. */
const extraReads = 3;

/** A change below this percentage of the first resistance counts as none, as both known hosts set it. */
const initialPercent = 5;

/** A cell that moved by less than this fraction in the whole loop is stuck. */
const leastResponse = 0.02;

/** Relative; the board reports in 24 bits. */
const wireSlack = 1e-6;

/**
 * Express a `converge-to-state` loop as job 21, or say that it cannot: other reversals, other lines for
 * reads than for pulses, too small an envelope, pulses between two steps of the driver's grid, or widths whose growth the board may understand differently.
 */
export function convergePlan(
  { policy, envelope, read, bias }: ProgramVerifyOperation,
  driver: DriverGrid,
  settings: ArcOneSettings,
  gap: Seconds,
): ConvergePlan | null {
  const parameters = convergeToState.schema(siForm).safeParse(policy.parameters).data;
  if (parameters === undefined) {
    return null;
  }
  const { volts, width, pulses, reversals } = parameters;
  const plan: ConvergePlan = {
    volts,
    width: { start: width.start, stepPercent: width.growth * 100, stop: width.stop },
    interpulse: gap,
    pulses,
  };
  const mostPulses = convergeJob({ ...plan, ...anyTarget }).mostPulses;
  const fits =
    reversals === arcOneLimits.reversals &&
    biasCode(read.bias, settings.third) === biasCode(bias, settings.third) &&
    envelope.maxPulses >= mostPulses &&
    envelope.maxReads >= mostPulses + extraReads &&
    envelope.pulses.every((pulse) => isOnGrid(pulse, driver)) &&
    (settings.convergeWidthStep === 'of-previous' || widthCount(plan) <= 2);
  return fits ? plan : null;
}

/** The target has no part in how many pulses there are. */
const anyTarget = { target: 1, tolerancePercent: 1, initialPercent, firstPolarity: 1 } as const;

function isOnGrid({ volts, width }: EnvelopePulse, driver: DriverGrid): boolean {
  return (
    Math.abs(roundVolts(driver, volts) - volts) <= wireSlack * Math.abs(volts) &&
    Math.abs(roundWidth(driver, width) - width) <= wireSlack * width
  );
}

export interface ConvergeOptions {
  readonly plan: ConvergePlan;
  readonly operation: ProgramVerifyOperation;
  readonly task: CellTask;
  readonly cell: Cell;
  readonly guard: JobGuard;
}

/**
 * Bring one cell to its target by job 21. What the board did is held against the envelope and the response limits, and
 * whether the cell is at its target is decided by a read of our own.
 *
 * @throws ControllerError when the board made a pulse that the envelope does not hold
 * @throws SafetyStop when the cell answers in a way that its owner does not accept
 */
export async function convergeCell(link: ArcOneLink, options: ConvergeOptions): Promise<CellResult> {
  const { plan, operation, task, cell, guard } = options;
  const { target, tolerance, setPolarity } = task;
  const watch = new ResponseGuard(guard.safeOperatingArea.response, cell, setPolarity, tolerance);
  const before = toConductance(await readCell(link, cell));
  watch.checkReading(before);
  const result = { cell, target, before, conductance: before, reads: 1, trace: [] };
  if (!isReachable(task)) {
    return { ...result, outcome: 'unreachable' };
  }
  if (isWithinTolerance(task, before)) {
    return { ...result, outcome: 'converged' };
  }
  const raise = before < target;
  const job = convergeJob({
    ...plan,
    target: toResistance(target),
    // The tighter of the two ends, so that what the board accepts as a resistance holds as a conductance.
    tolerancePercent: (100 * tolerance) / (1 + tolerance),
    initialPercent,
    firstPolarity: raise ? setPolarity : setPolarity === 1 ? -1 : 1,
  });
  const [[points = []] = []] = await runJob(link, job, [cell], guard);
  const trace = tracePulses(link, points, operation, before, watch, guard.driver);
  const conductance = toConductance(await readCell(link, cell));
  watch.checkReading(conductance);
  return {
    ...result,
    conductance,
    reads: points.length + 2,
    trace,
    outcome: verdict(task, before, conductance, trace),
  };
}

function tracePulses(
  link: ArcOneLink,
  points: readonly Triplet[],
  { envelope }: ProgramVerifyOperation,
  before: Siemens,
  watch: ResponseGuard,
  driver: DriverGrid,
): TraceStep[] {
  const trace: TraceStep[] = [];
  let last = before;
  for (const { ohms, volts, width } of points.filter((point) => point.width > 0)) {
    const pulse = envelope.pulses.find(
      (allowed) =>
        Math.abs(allowed.volts - volts) <= wireSlack * Math.abs(volts) &&
        Math.abs(allowed.width - width) <= wireSlack * width,
    );
    if (pulse === undefined || trace.length >= envelope.maxPulses) {
      return link.refuse(
        'envelope',
        `the board made a pulse of ${volts} V, ${width} s that the envelope does not hold`,
        {
          volts,
          width,
          pulses: trace.length + 1,
          maxPulses: envelope.maxPulses,
        },
      );
    }
    const conductance = toConductance(ohms);
    watch.checkReading(conductance);
    watch.checkStep(last, pulse, conductance);
    trace.push({
      volts: roundVolts(driver, pulse.volts),
      width: roundWidth(driver, pulse.width),
      conductance,
    });
    last = conductance;
  }
  return trace;
}

function verdict(task: CellTask, before: Siemens, after: Siemens, trace: readonly TraceStep[]): Verdict {
  if (isWithinTolerance(task, after)) {
    return 'converged';
  }
  const moved = trace.some(({ conductance }) => Math.abs(conductance - before) >= leastResponse * before);
  if (moved || trace.length === 0) {
    return 'gave-up';
  }
  return before < task.target ? 'stuck-low' : 'stuck-high';
}
