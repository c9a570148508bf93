import type { RunEvent } from '../../../../src/run/run-record.ts';

/**
 * What two records of the same run must share. A board measures neither energy nor charge, and the emulator's ledger
 * adds its times up in another order, so of the costs only the seconds are compared, to nine digits.
 */
export function comparableRecord(events: readonly RunEvent[]) {
  return events.map(({ at, result, ...rest }) => {
    const { cost, ...shown } = result;
    return { ...rest, result: shown, at: at.toPrecision(9), seconds: cost.seconds.toPrecision(9) };
  });
}
