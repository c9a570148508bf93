/** Who may use a register. `write` registers read as 0. */
export type RegisterAccess = 'read' | 'write' | 'read-write';

/** A register of 16 bits. */
export interface Register {
  readonly name: string;
  readonly address: number;
  readonly access: RegisterAccess;
  readonly meaning: string;
}

/** A named number, with what it means to people. */
export interface NamedCode {
  readonly name: string;
  readonly code: number;
  readonly meaning: string;
}

/** What IDENTITY and VERSION read as. */
export const identity = 0x4f4c;
export const version = 1;

/** Words of 16 bits in an entry of the pulse table, and what they add up to, modulo 2^16. */
export const entryWords = 12;
export const entrySum = 0xffff;

/** Address of the first limit; the limits follow each other. */
export const limitsAddress = 0x20;

const named = (rows: readonly (readonly [name: string, meaning: string])[], first = 0): NamedCode[] =>
  rows.map(([name, meaning], position) => ({ name, code: first + position, meaning }));

/** Kinds of an entry; 0 is none, so that an empty memory holds no program. */
export const entryKinds = named(
  [
    ['WAIT', 'all lines stay at ground'],
    ['CELL', 'one cell is selected, all other lines are unselected'],
    ['FRAME', 'each line is switched as the frame says'],
  ],
  1,
);

/** Bits of CONTROL. */
export const controlBits = named([
  ['START', 'run the table from FIRST_ENTRY; refused before the seal and while busy'],
  ['ABORT', 'stop at once and latch a fault, as the pin does'],
  ['CLEAR', 'forget fault and done; only when safe'],
  ['SEAL', 'close the limits until reset'],
]);

/** Bits of STATUS. */
export const statusBits = named([
  ['BUSY', 'something may still drive a line'],
  ['DONE', 'the last run reached its last entry'],
  ['FAULT', 'a fault is latched; nothing starts'],
  ['SEALED', 'the limits are closed'],
  ['SAFE', 'lines at ground, DACs at 0 V, outputs disabled'],
  ['RESULT', 'RESULT_ENTRY and RESULT_SAMPLE hold a result'],
  ['ENABLED', 'the outputs are enabled'],
  ['ABORTING', 'the abort input is active'],
]);

/** What may stop a run. The first fault is latched; CLEAR or reset forgets it. */
export const faults = named([
  ['NONE', 'no fault'],
  ['ABORT', 'abort input or CONTROL'],
  ['NOT_SEALED', 'a start before the limits were sealed'],
  ['SEALED', 'a limit was written after the seal'],
  ['BUSY', 'a write that needs a sequencer at rest'],
  ['RANGE', 'an entry beyond the sealed number of entries, or beyond the table'],
  ['DAMAGED', 'the words of an entry do not add up'],
  ['KIND', 'an entry of unknown kind or with unknown flags'],
  ['ADDRESS', 'a line outside the sealed window'],
  ['FRAME', 'a frame beyond its memory, or with a forbidden switch position'],
  ['LINE', 'a code beyond the limit of a line, or beyond the DAC'],
  ['CELL', 'a voltage beyond the limit of an addressed cell'],
  ['UNSELECTED', 'a voltage beyond the limit of an unselected cell'],
  ['WIDTH', 'a width outside its limits, or too short to sense'],
  ['LATE', 'the gap was over before the next act was ready'],
  ['RESULT_LOST', 'a sample found the result memory full'],
]);

/** Sealed limits in the order of their registers. All are 0 after reset, so that nothing passes. */
export const limitRegisters = named([
  ['LINE_POSITIVE', 'largest code of a line above 0 V'],
  ['LINE_NEGATIVE', 'largest code of a line below 0 V, as a magnitude'],
  ['PULSE_POSITIVE', 'largest code over an addressed cell, word line above bit line, without sense'],
  ['PULSE_NEGATIVE', 'the same below 0 V, as a magnitude'],
  ['READ_POSITIVE', 'largest code over an addressed cell with sense'],
  ['READ_NEGATIVE', 'the same below 0 V, as a magnitude'],
  ['UNSELECTED', 'largest code over any other cell while one is selected, either polarity'],
  ['WORD_FIRST', 'first word line that an entry may address'],
  ['WORD_LAST', 'last one'],
  ['BIT_FIRST', 'first bit line that an entry may address'],
  ['BIT_LAST', 'last one'],
  ['ENTRIES', 'number of entries that may run, counted from entry 0 of the table'],
  ['PULSE_MIN', 'shortest width without sense, ticks, low word'],
  ['PULSE_MIN_HIGH', 'high word'],
  ['PULSE_MAX', 'longest width without sense, ticks, low word'],
  ['PULSE_MAX_HIGH', 'high word'],
  ['READ_MIN', 'shortest width with sense, ticks, low word'],
  ['READ_MIN_HIGH', 'high word'],
  ['READ_MAX', 'longest width with sense, ticks, low word'],
  ['READ_MAX_HIGH', 'high word'],
]);

const fixedRegisters: readonly (readonly [name: string, access: RegisterAccess, meaning: string])[] = [
  ['IDENTITY', 'read', '0x4f4c'],
  ['VERSION', 'read', 'of this register map'],
  ['WORD_LINES', 'read', 'word lines'],
  ['BIT_LINES', 'read', 'bit lines'],
  ['DAC_BITS', 'read', 'bits of the DACs'],
  ['CLOCKS_PER_TICK', 'read', 'clocks per tick of widths and gaps'],
  ['TABLE_ENTRIES', 'read', 'entries that the pulse table can hold'],
  ['FRAME_ROWS', 'read', 'rows that the frame memory can hold'],
  ['CONTROL', 'write', 'requests, one bit each'],
  ['STATUS', 'read', 'state, one bit each'],
  ['FAULT', 'read', 'the latched fault'],
  ['FAULT_ENTRY', 'read', 'entry that ran, or was made ready, when it occurred'],
  ['FIRST_ENTRY', 'read-write', 'where START begins'],
  ['ENTRY', 'read', 'entry that runs, or ran last'],
  ['RESULT_ENTRY', 'read-write', 'entry of the oldest result; any write drops that result'],
  ['RESULT_SAMPLE', 'read', 'its sample, as the ADC sent it'],
  ['TABLE_ENTRY', 'read-write', 'entry that TABLE_DATA speaks of; a write sets TABLE_WORD to 0'],
  ['TABLE_WORD', 'read-write', 'word of that entry, 0 to 11'],
  ['TABLE_DATA', 'read-write', 'that word; a write moves on to the next'],
  ['FRAME_ROW', 'read-write', 'row that FRAME_DATA speaks of'],
  ['FRAME_DATA', 'read-write', 'that row; a write moves on to the next'],
];

/** Every register, in the order of their addresses. */
export const registers: readonly Register[] = [
  ...fixedRegisters.map(([name, access, meaning], address): Register => ({ name, address, access, meaning })),
  ...limitRegisters.map(({ name, code, meaning }): Register => ({
    name: `LIMIT_${name}`,
    address: limitsAddress + code,
    access: 'read-write',
    meaning,
  })),
];
