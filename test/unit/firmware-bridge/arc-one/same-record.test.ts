import { expect, test } from 'vitest';
import { createGeometry } from '../../../../src/array/geometry.ts';
import type { RunEvent } from '../../../../src/run/run-record.ts';
import { SimulatedBackend } from '../../../../src/run/simulated-backend.ts';
import { arcLab, memoryBackend, quietArray, run, virtualBench, writeVerifyProgram } from './bench.ts';
import { comparableRecord } from './comparable-record.ts';
import { RoundedBackend } from './rounded-backend.ts';

const cellsOf = (events: readonly RunEvent[]) =>
  events.flatMap(({ result }) => (result.kind === 'programVerify' ? result.cells : []));

test('a write-verify leaves the record of the simulated backend, but for 32-bit resistances', async () => {
  const lab = await arcLab();
  const geometry = createGeometry(8, 8);
  const program = writeVerifyProgram(lab, geometry);
  const events = await run(lab, memoryBackend(lab, geometry, virtualBench(lab, geometry)), program);

  // Bit for bit, once the reference's readings go through a resistance in 32 bits.
  const reference = await run(lab, new RoundedBackend(quietArray(lab, geometry)), program);
  expect(comparableRecord(events)).toEqual(comparableRecord(reference));

  // And with the plain emulator: the same pulses, and readings that differ by the rounding alone.
  const plain = cellsOf(await run(lab, new SimulatedBackend(quietArray(lab, geometry)), program));
  const found = cellsOf(events);
  expect(found).toHaveLength(3 * 64);
  for (const [index, cell] of found.entries()) {
    const other = plain[index]!;
    expect(cell.outcome).toBe('converged');
    expect(cell.trace.map(({ volts, width }) => [volts, width])).toEqual(
      other.trace.map(({ volts, width }) => [volts, width]),
    );
    expect(Math.abs(cell.conductance / other.conductance - 1)).toBeLessThan(2 ** -23);
  }
});
