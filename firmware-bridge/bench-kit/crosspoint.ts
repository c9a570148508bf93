/** Columns of one 7709 card. */
export const columnsPerCard = 8;

const channelsPerSlot = 100;

/** A relay of the matrix: a row, and a column counted on from card to card. Both from 1. */
export interface Crosspoint {
  readonly row: number;
  readonly column: number;
}

/**
 * The channel of a relay: its slot, then its number on the card, counted row by row.
 *
 * @param slots - of the cards
 * @source Keithley 7709 user's manual: row 1 is channels 1 to 8, row 2 is 9 to 16
 * @example
 * channelOf({ row: 2, column: 3 }, [1]); // 111
 */
export function channelOf({ row, column }: Crosspoint, slots: readonly number[]): number {
  const card = Math.floor((column - 1) / columnsPerCard);
  const onCard = (column - 1) % columnsPerCard;
  return (slots[card] ?? 0) * channelsPerSlot + (row - 1) * columnsPerCard + onCard + 1;
}

/** A list of channels as the instrument writes it. */
export function channelList(channels: Iterable<number>): string {
  return `(@${[...channels].sort((a, b) => a - b).join(',')})`;
}
