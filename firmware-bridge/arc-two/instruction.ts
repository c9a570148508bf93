/**
 * Instructions of the ArC TWO as its open host library writes them: nine 32-bit words, least significant byte first;
 * the operation, its operands, zeros, and a last word that ends it. The board hangs on a vendor's USB link, so this
 * folder only writes and lists instruction streams.
 */
import { ProtocolError, UsageError } from '../../src/errors.ts';

/** What the first word says. */
export const operations = {
  setDac: 0x1,
  updateDac: 0x2,
  currentRead: 0x4,
  voltageRead: 0x8,
  updateSelector: 0x10,
  updateLogic: 0x20,
  updateChannel: 0x40,
  clear: 0x80,
  highSpeedConfig: 0x100,
  highSpeedStart: 0x200,
  modifyChannel: 0x400,
  setDacOffset: 0x1000,
  delay: 0x2000,
  dacRange: 0x4000,
  ampPrep: 0x10000,
} as const;

export type OperationName = keyof typeof operations;

/** One instruction. Operands are unsigned 32-bit words, seven at most. */
export interface Instruction {
  readonly operation: OperationName;
  readonly operands: readonly number[];
}

const words = 9;
const wordBytes = 4;
const lastWord = 0x8000_8000;

/** Bytes of one instruction. */
export const instructionBytes = words * wordBytes;

/**
 * Write instructions as the bytes that the board takes.
 *
 * @throws UsageError for operands that are too many, or no 32-bit words
 * @example
 * encodeInstructions([{ operation: 'updateDac', operands: [] }]).length; // 36
 */
export function encodeInstructions(instructions: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(instructions.length * instructionBytes);
  const view = new DataView(bytes.buffer);
  for (const [index, { operation, operands }] of instructions.entries()) {
    const start = index * instructionBytes;
    if (operands.length > words - 2 || !operands.every(isWord)) {
      throw new UsageError(
        'arc-two-operands',
        `arc-two: ${operation}: found operands ${operands.join(', ')}, expected at most ${words - 2} words of 32 bits`,
      );
    }
    view.setUint32(start, operations[operation], true);
    for (const [position, operand] of operands.entries()) {
      view.setUint32(start + (position + 1) * wordBytes, operand, true);
    }
    view.setUint32(start + (words - 1) * wordBytes, lastWord, true);
  }
  return bytes;
}

/**
 * Read an instruction stream back, with all seven operands of each.
 *
 * @throws ProtocolError at the first instruction that is not one
 */
export function decodeInstructions(bytes: Uint8Array): Instruction[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const instructions: Instruction[] = [];
  for (let start = 0; start < bytes.length; start += instructionBytes) {
    if (start + instructionBytes > bytes.length) {
      throw notAnInstruction(start, `${bytes.length - start} bytes`, `${instructionBytes} bytes`);
    }
    const found = Array.from({ length: words }, (_, word) => view.getUint32(start + word * wordBytes, true));
    const operation = operationNames.get(found[0]!);
    if (operation === undefined) {
      throw notAnInstruction(start, `operation ${hex(found[0]!)}`, 'a known operation');
    }
    if (found[words - 1] !== lastWord) {
      throw notAnInstruction(start, `last word ${hex(found[words - 1]!)}`, hex(lastWord));
    }
    instructions.push({ operation, operands: found.slice(1, words - 1) });
  }
  return instructions;
}

const operationNames = new Map<number, OperationName>(
  Object.entries(operations).map(([name, code]) => [code, name as OperationName]),
);

function isWord(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`;
}

function notAnInstruction(offset: number, found: string, allowed: string): ProtocolError {
  return new ProtocolError(
    'arc-two-instruction',
    `arc-two: instruction at byte ${offset}: found ${found}, expected ${allowed}`,
    { details: { offset, found, allowed } },
  );
}
