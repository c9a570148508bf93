import {
  controlBits,
  entryKinds,
  entrySum,
  entryWords,
  faults,
  registers,
  statusBits,
  type NamedCode,
} from './register-map.ts';

/** Write the register map for people, as Markdown. */
export function registerPage(): string {
  return [
    '# Registers of the pulse sequencer',
    '',
    'All registers have 16 bits; addresses are in hexadecimal. What is not listed reads as 0.',
    '',
    ...table(
      ['address', 'name', 'access', 'meaning'],
      registers.map(({ address, name, access, meaning }) => [hexadecimal(address), name, access, meaning]),
    ),
    '',
    '## Bits of CONTROL',
    '',
    ...codes('bit', controlBits),
    '',
    '## Bits of STATUS',
    '',
    ...codes('bit', statusBits),
    '',
    '## Faults',
    '',
    ...codes('FAULT', faults),
    '',
    '## Entry of the pulse table',
    '',
    `An entry has ${entryWords} words; their sum, modulo 2^16, is ${hexadecimal(entrySum)}.`,
    '',
    ...table(['word', 'meaning'], entryWordMeanings),
    '',
    '## Kinds',
    '',
    ...codes('kind', entryKinds),
    '',
    '## Row of the frame memory',
    '',
    'Two bits a line, eight lines a row, word lines first, the first line in the lowest bits: 0 ground, 1 selected rail,',
    '2 unselected rail; 3 would leave the line open and is refused.',
    '',
  ].join('\n');
}

const entryWordMeanings = [
  ['0', 'bits 1-0 kind, bit 2 sense, bit 3 last; all others 0'],
  ['1', 'word line of a cell, or first row of a frame'],
  ['2', 'bit line of a cell'],
  ['3', 'code of the selected word line, signed'],
  ['4', 'code of the unselected word lines'],
  ['5', 'code of the selected bit line'],
  ['6', 'code of the unselected bit lines'],
  ['7, 8', 'width in ticks, low word first'],
  ['9, 10', 'gap to the next act in ticks, low word first'],
  ['11', 'what makes the sum right'],
] as const;

function codes(title: string, rows: readonly NamedCode[]): string[] {
  return table(
    [title, 'name', 'meaning'],
    rows.map(({ code, name, meaning }) => [`${code}`, name, meaning]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}
