import { SafetyStop } from '../errors.ts';
import type { CellTask, PolicyRun, Verdict } from '../programming/policy.ts';
import type { EnvelopePulse, PulseEnvelope } from '../schedule/operation.ts';
import type { Cell } from '../array/geometry.ts';
import type { Siemens } from '../units.ts';
import type { CellResult, TraceStep } from './backend.ts';
import type { ResponseGuard } from './response-guard.ts';

/**
 * Follows the write-verify loop of one cell on behalf of whoever applies its steps, keeps the trace, and stops
 * a policy that leaves its envelope: a policy is code from anywhere, the envelope is what was certified.
 */
export class CellLoop {
  readonly #cell: Cell;
  readonly #task: CellTask;
  readonly #run: PolicyRun;
  readonly #envelope: PulseEnvelope;
  readonly #guard: ResponseGuard;
  readonly #trace: TraceStep[] = [];
  #before: Siemens | undefined;
  #reading: Siemens = 0;
  #pulses = 0;
  #reads = 0;
  #unread: EnvelopePulse | undefined;
  #pulsesSinceRead = 0;
  #verdict: Verdict | undefined;
  #choice = 0;

  constructor(cell: Cell, task: CellTask, run: PolicyRun, envelope: PulseEnvelope, guard: ResponseGuard) {
    this.#guard = guard;
    this.#cell = cell;
    this.#task = task;
    this.#run = run;
    this.#envelope = envelope;
  }

  /**
   * The next step that the policy asks for, or undefined when it has ended.
   * @throws SafetyStop when the step lies outside the envelope
   */
  next(): EnvelopePulse | 'read' | undefined {
    const { done, value } = this.#run.next(this.#reading);
    if (done === true) {
      this.#verdict = value;
      return undefined;
    }
    if (value === 'read') {
      this.#reads++;
    } else {
      this.#pulses++;
    }
    this.#hold(value);
    return value;
  }

  /** Position in the envelope of the last pulse that the policy asked for. */
  get choice(): number {
    return this.#choice;
  }

  #hold(step: EnvelopePulse | 'read'): void {
    const { maxPulses, maxReads } = this.#envelope;
    const allowed =
      step === 'read' ? this.#reads <= maxReads : this.#pulses <= maxPulses && this.#findChoice(step);
    if (!allowed) {
      const asked =
        step === 'read' ? `read ${this.#reads}` : `pulse ${this.#pulses} of ${step.volts} V, ${step.width} s`;
      throw new SafetyStop(
        'policy-envelope',
        `policy at w${this.#cell.word} b${this.#cell.bit}: asked for ${asked}, which its envelope does not allow`,
        { details: { cell: this.#cell, step, maxPulses, maxReads } },
      );
    }
  }

  /** From the last choice onwards: most policies climb through their envelope. */
  #findChoice({ volts, width }: EnvelopePulse): boolean {
    const { pulses } = this.#envelope;
    for (let tried = 0, choice = this.#choice; tried < pulses.length; tried++, choice++) {
      choice = choice === pulses.length ? 0 : choice;
      const pulse = pulses[choice]!;
      if (pulse.volts === volts && pulse.width === width) {
        this.#choice = choice;
        return true;
      }
    }
    return false;
  }

  /** Take note of a pulse that was applied, as the registers held it. */
  pulsed(applied: EnvelopePulse): void {
    this.#recordUnread();
    this.#unread = applied;
    this.#pulsesSinceRead++;
  }

  /**
   * Take note of a read.
   * @throws SafetyStop when the owner of the array does not accept the answer
   */
  read(conductance: Siemens): void {
    this.#guard.checkReading(conductance);
    if (this.#unread !== undefined && this.#pulsesSinceRead === 1) {
      this.#guard.checkStep(this.#reading, this.#unread, conductance);
    }
    this.#pulsesSinceRead = 0;
    this.#reading = conductance;
    this.#before ??= conductance;
    this.#recordUnread(conductance);
  }

  /** A train without reads in between keeps the last reading that there was. */
  #recordUnread(conductance: Siemens = this.#reading): void {
    if (this.#unread !== undefined) {
      // Member by member: a spread costs more than the pulse.
      this.#trace.push({ volts: this.#unread.volts, width: this.#unread.width, conductance });
      this.#unread = undefined;
    }
  }

  /** @throws SafetyStop when the loop ended without ever reading the cell */
  result(): CellResult {
    this.#recordUnread();
    if (this.#verdict === undefined || this.#before === undefined) {
      throw new SafetyStop(
        'policy-unfinished',
        `policy at w${this.#cell.word} b${this.#cell.bit}: ended without a read or a verdict`,
      );
    }
    return {
      cell: this.#cell,
      target: this.#task.target,
      outcome: this.#verdict,
      before: this.#before,
      conductance: this.#reading,
      reads: this.#reads,
      trace: this.#trace,
    };
  }
}
