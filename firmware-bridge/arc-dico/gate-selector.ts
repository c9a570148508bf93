import { resolveBias, type BiasChoice } from '../../src/array/bias.ts';
import type { Cell } from '../../src/array/geometry.ts';
import { ScheduleError } from '../../src/errors.ts';
import type { CellSelector } from '../bench-kit/cell-selector.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { gateCode } from './gate-voltage.ts';
import type { DicoLink } from './link.ts';
import type { DicoRequest } from './packet.ts';
import { pinMask } from './pins.ts';
import type { ArcDicoSettings } from './settings.ts';

/**
 * Selects cells by the gates of their transistors. An open switch leaves a gate to itself, with the charge that it
 * had: so before one gate goes on, all of them are connected at 0 V and discharged.
 */
export class GateSelector implements CellSelector {
  readonly releasesFirst = true;
  readonly #link: DicoLink;
  readonly #clock: Clock;
  readonly #gates: ArcDicoSettings['gates'];
  #selected: number | null = null;

  constructor(link: DicoLink, clock: Clock, gates: ArcDicoSettings['gates']) {
    this.#link = link;
    this.#clock = clock;
    this.#gates = gates;
  }

  find(): Promise<void> {
    return this.#link.find();
  }

  requireScheme(bias: BiasChoice): void {
    requireGateScheme(bias);
  }

  holds({ word }: Cell): boolean {
    return this.#selected === word;
  }

  async select({ word }: Cell): Promise<void> {
    const { pins, voltage, settle } = this.#gates;
    await this.#discharge();
    await this.#link.tell(pinsRequest([pins[word]!]), voltageRequest(gateCode(voltage)));
    await sleep(this.#clock, settle);
    await this.#link.fence();
    this.#selected = word;
  }

  async release(): Promise<void> {
    if (!this.#link.found) {
      return;
    }
    if (this.#link.fault !== null) {
      await this.#link.find();
    }
    await this.#discharge();
    await this.#link.fence();
  }

  interrupt(reason: Error): void {
    this.#link.interrupt(reason);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  /** All gates connected, at 0 V. */
  async #discharge(): Promise<void> {
    this.#selected = null;
    await this.#link.tell(voltageRequest(0), pinsRequest(this.#gates.pins));
    await sleep(this.#clock, this.#gates.settle);
  }
}

/**
 * The transistors keep every other cell off the source.
 *
 * @throws ScheduleError for any scheme but the one under which other cells see nothing
 */
export function requireGateScheme(bias: BiasChoice): void {
  const scheme = resolveBias(bias);
  if (scheme.selectedWord !== 1 || scheme.selectedBit !== 0 || scheme.unselectedWord !== 0) {
    throw new ScheduleError(
      'controller-bias',
      `arc-dico: the bias scheme "${scheme.name}" drives more than one cell; the board drives gates, with one voltage`,
      {
        hint: 'Use the scheme "grounded": transistors keep the other cells off.',
        details: { found: scheme },
      },
    );
  }
}

function voltageRequest(code: number): DicoRequest {
  return { command: 'setVoltage', code, mask: 0 };
}

function pinsRequest(pins: readonly number[]): DicoRequest {
  return { command: 'setPins', code: 0, mask: pinMask(pins) };
}
