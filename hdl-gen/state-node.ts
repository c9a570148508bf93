/**
 * Part of the range of a state over which its outward speed falls to zero beyond a bound, in circuit simulators: a state
 * that stopped at once would leave their iterations nothing to converge to.
 */
export const boundWidth = 1e-5;
