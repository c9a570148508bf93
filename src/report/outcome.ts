import type { Verdict } from '../run/backend.ts';

/** How a write-verify loop can end, in the order of reports, with the CSS colour of each. */
export const outcomes: readonly {
  readonly verdict: Verdict;
  readonly label: string;
  readonly colour: string;
}[] = [
  { verdict: 'converged', label: 'converged', colour: 'var(--converged)' },
  { verdict: 'gave-up', label: 'gave up', colour: 'var(--gave-up)' },
  { verdict: 'stuck-high', label: 'stuck high', colour: 'var(--stuck-high)' },
  { verdict: 'stuck-low', label: 'stuck low', colour: 'var(--stuck-low)' },
  { verdict: 'unreachable', label: 'unreachable', colour: 'var(--unreachable)' },
];
