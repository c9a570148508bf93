/** Switches of the board, and pins of its header. */
export const pinCount = 32;

const group = 4;

/**
 * The switch of a pin: every second group of four is wired the other way round.
 *
 * @example
 * switchOf(22); // 21
 */
export function switchOf(pin: number): number {
  const first = pin - (pin % group);
  const reversed = Math.floor(pin / group) % 2 === 1;
  return reversed ? first + group - 1 - (pin % group) : pin;
}

/**
 * The mask that closes the switches of some pins and opens all others.
 *
 * @example
 * pinMask([1, 8, 22]); // 0x200102
 */
export function pinMask(pins: readonly number[]): number {
  return pins.reduce((mask, pin) => (mask | (1 << switchOf(pin))) >>> 0, 0);
}
