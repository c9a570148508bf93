import { resolveBias } from '../array/bias.ts';
import { toSeconds } from './femtoseconds.ts';
import type { Schedule } from './schedule.ts';
import type { Timing } from './timing.ts';
import { waveform, type WaveformInterval } from './waveform.ts';

const columns = [
  'operation',
  'kind',
  'start_s',
  'width_s',
  'word_line',
  'bit_line',
  'cell_V',
  'selected_word_V',
  'selected_bit_V',
  'unselected_word_V',
  'unselected_bit_V',
  'note',
] as const;

/**
 * List a schedule as comma-separated values, for a spreadsheet or a waveform generator: one row for each pulse, each
 * read of one cell and each wait; for a frame one row per line; for a `programVerify` one row with its worst-case
 * time, marked in the note. SI units; lines end in CR LF.
 *
 * @example
 * const schedule = createSchedule({ wordLines: 1, bitLines: 1 }, [{ kind: 'wait', seconds: 1e-3 }]);
 * scheduleToCsv(schedule, { gap: 1e-6 }).split('\r\n')[1]; // '0,wait,0,0.001,,,,0,0,0,0,'
 * @source RFC 4180
 */
export function scheduleToCsv(schedule: Schedule, timing: Timing): string {
  const rows = [columns.join(',')];
  for (const interval of waveform(schedule, timing)) {
    for (const row of rowsOf(interval)) {
      rows.push(row.join(','));
    }
  }
  return `${rows.join('\r\n')}\r\n`;
}

type Row = readonly (string | number)[];

function rowsOf(interval: WaveformInterval): Row[] {
  const { index, operation, cell, start, end } = interval;
  const head = [index, operation.kind, toSeconds(start), toSeconds(end - start)];
  if (operation.kind === 'wait') {
    return [[...head, '', '', '', 0, 0, 0, 0, '']];
  }
  if (operation.kind === 'frame') {
    const note = operation.sense ? 'sense' : '';
    return [
      ...operation.wordVolts.map((volts, line) => [...head, line, '', '', volts, '', '', '', note]),
      ...operation.bitVolts.map((volts, line) => [...head, '', line, '', '', volts, '', '', note]),
    ];
  }
  if (operation.kind === 'programVerify') {
    const note = `at most; ${operation.policy.name} on ${operation.cells.length} cells depends on reads`;
    return [[...head, '', '', '', '', '', '', '', note]];
  }
  const { volts } = operation;
  const bias = resolveBias(operation.bias);
  const lines = [bias.selectedWord, bias.selectedBit, bias.unselectedWord, bias.unselectedBit];
  const address = [cell?.word ?? '', cell?.bit ?? ''];
  return [[...head, ...address, volts, ...lines.map((fraction) => fraction * volts), bias.name]];
}
