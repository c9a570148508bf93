/** Slack for a last step that floating point leaves just beyond the end. */
const slack = 1e-6;

/** Values from `start` to `stop`, each `step` further; one if there is no way there. At most `most`. */
export function linearRamp(start: number, step: number, stop: number, most: number): number[] {
  const steps = Math.floor((stop - start) / step + slack);
  const count = Number.isFinite(steps) ? Math.min(Math.max(0, steps) + 1, most) : 1;
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** Values from `start` to `stop`, each `percent` larger than the one before. At most `most`. */
export function geometricRamp(start: number, percent: number, stop: number, most: number): number[] {
  const steps = Math.floor(Math.log(stop / start) / Math.log1p(percent / 100) + slack);
  const count = Number.isFinite(steps) ? Math.min(Math.max(0, steps) + 1, most) : 1;
  return Array.from({ length: count }, (_, index) => start * (1 + percent / 100) ** index);
}
