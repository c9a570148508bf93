import { SolverError } from '../errors.ts';
import type { Seconds } from '../units.ts';
import { integratePanel } from './gauss-kronrod.ts';

/** Relative error of a panel by its own estimate, which is far above the error of the 15-point rule. */
const relativeTolerance = 1e-10;

/** Part of the time that `distance` takes at the end of the way, as which the error of one panel may count. */
const panelShare = 1e-4;

const maxPanels = 20_000;

export interface TravelOptions {
  /** A journey known to take longer than this is not followed further. */
  readonly limit: Seconds;
  /** A distance that does not matter, in state units. */
  readonly distance: number;
}

/**
 * Find how long a state takes from one value to another: at constant voltage dt = dx / rate(x), so the time is an
 * integral over the state. It is the reference for closed forms and integrators, with which it shares nothing: it
 * takes no steps in time and so cannot be stiff.
 *
 * @param rate - time derivative of the state, state units per second
 * @returns the time; some time above `limit` where it is longer; Infinity where the state rests or turns on the way
 * @throws SolverError when the integral is not found within a bounded number of panels
 * @example
 * travelSeconds((x) => -2 * x, 1, 0.5, { limit: 1, distance: 1e-7 }); // ln(2) / 2
 */
export function travelSeconds(
  rate: (state: number) => number,
  from: number,
  to: number,
  { limit, distance }: TravelOptions,
): Seconds {
  const direction = Math.sign(to - from);
  const slowness = (state: number): number => {
    const speed = direction * rate(state);
    return speed > 0 ? 1 / speed : Infinity;
  };
  const slownessAtEnd = slowness(to);
  if (slownessAtEnd === Infinity) {
    return Infinity;
  }
  const panelSeconds = panelShare * distance * slownessAtEnd;
  const shortest = 1e-12 * Math.abs(to - from);
  const waiting = gradedPanels(from, to, distance);
  let seconds = 0;
  for (let panels = 0; panels < maxPanels; panels++) {
    const panel = waiting.pop();
    if (panel === undefined || seconds > limit) {
      return seconds;
    }
    const [a, b] = panel;
    const integral = integratePanel(slowness, a, b);
    const value = direction * integral.value;
    if (value === Infinity) {
      return Infinity;
    }
    const accepted = Math.max(relativeTolerance * (seconds + value), panelSeconds);
    if (integral.error <= accepted || Math.abs(b - a) <= shortest) {
      seconds += value;
    } else {
      const centre = a + (b - a) / 2;
      waiting.push([centre, b], [a, centre]);
    }
  }
  throw new SolverError(
    'travel-time',
    `travel time from ${from} to ${to}: not found within ${maxPanels} panels, ${seconds} s of it so far`,
    { details: { from, to, seconds, panels: maxPanels } },
  );
}

type Panel = readonly [a: number, b: number];

/**
 * Panels that halve towards both ends, the last of the way first. A state slows down near a bound or a point of rest,
 * and there a wide panel would see nothing of the long time that the last stretch takes.
 */
function gradedPanels(from: number, to: number, distance: number): Panel[] {
  const half = (to - from) / 2;
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.abs(half) / distance)));
  const parts = Array.from({ length: halvings + 1 }, (_, power) => half * 2 ** -power);
  const nodes = [
    to,
    ...parts.toReversed().map((part) => to - part),
    ...parts.map((part) => from + part),
    from,
  ];
  const panels: Panel[] = [];
  for (const [position, b] of nodes.entries()) {
    const a = nodes[position + 1];
    if (a !== undefined && a !== b) {
      panels.push([a, b]);
    }
  }
  return panels;
}
