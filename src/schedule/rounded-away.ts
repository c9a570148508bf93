import { type Cell, cellName } from '../array/geometry.ts';
import { ScheduleError } from '../errors.ts';
import { formatQuantity, type QuantityKind } from '../quantity.ts';

/**
 * The error for something that is asked for and would not happen: a silent no-op is a wrong program.
 *
 * @param limit - the step that swallowed it, `driver.stepVolts` or `driver.stepWidth`
 */
export function roundedAway(
  { operation, cell }: { readonly operation: number; readonly cell: Cell | null },
  limit: string,
  asked: number,
  step: number,
  kind: QuantityKind,
): ScheduleError {
  const where = cell === null ? `operation ${operation}` : `operation ${operation} (${cellName(cell)})`;
  const found = formatQuantity(asked, kind);
  return new ScheduleError(
    'rounded-away',
    `${where}: ${found} would do nothing on a driver with steps of ${formatQuantity(step, kind)}`,
    {
      hint: 'Ask for more, or leave the operation out.',
      details: { operation, cell, limit, asked, allowed: step },
    },
  );
}
