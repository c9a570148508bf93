import { loadDevice, type LoadedDevice } from '../../devices/load-device.ts';
import { arrayNetlist, type NetlistCells, type NetlistWires } from '../../hdl-gen/array-netlist.ts';
import { checkDimensions } from '../../hdl-gen/dimension-check.ts';
import { ModelReader } from '../../hdl-gen/extract.ts';
import { modelIdentifier } from '../../hdl-gen/identifiers.ts';
import { builtInModelPath } from '../../hdl-gen/package-sources.ts';
import { spiceSubcircuit } from '../../hdl-gen/targets/spice.ts';
import { Crossbar } from '../array/crossbar.ts';
import { cellAt, cellName, type Geometry } from '../array/geometry.ts';
import { idealWires, type LineNetwork } from '../array/line-network.ts';
import { resistiveWires } from '../array/resistive-wires.ts';
import { ConfigError } from '../errors.ts';
import { loadRun, type RunData } from '../files/load-run.ts';
import { runFileNames } from '../files/run-folder.ts';
import { stateAtConductance } from '../model/state-at-conductance.ts';
import { noVariability } from '../model/variability.ts';
import { executedSchedule } from '../run/executed-schedule.ts';
import type { RunEvent } from '../run/run-record.ts';
import type { Operation } from '../schedule/operation.ts';
import { createSchedule, type Schedule } from '../schedule/schedule.ts';
import { scheduleTimes } from '../schedule/timing.ts';
import { scheduleToPwl } from '../schedule/to-pwl.ts';
import { restFrame } from '../schedule/waveform.ts';
import type { Ohms, Seconds, Volts } from '../units.ts';
import { type RunConfig, runConfig } from './emit-array-config.ts';
import { type DrivenArray, predictCurrents, resistorArray } from './predict-currents.ts';
import { type EmitOutcome, type EmittedText, writeEmitted } from './write-emitted.ts';

export interface EmitArrayFlags {
  /** Run folder. */
  readonly run: string;
  readonly cells: 'resistors' | 'devices';
  readonly drive: 'reads' | 'schedule';
  /** Parameter set in place of the run's, as where that one is a file of the user's. */
  readonly set: string | undefined;
  readonly out: string;
}

/** Edges of the line voltages; well below any width that a controller makes. */
const riseSeconds: Seconds = 1e-9;
const netlistName = 'array.cir';

/** What the emulator and the netlist are both made from. */
interface ArrayCase {
  readonly run: RunData;
  readonly config: RunConfig;
  readonly device: LoadedDevice;
  readonly readVolts: Volts;
  readonly wires: NetlistWires;
  /** At the start, [wordLines x bitLines], siemens. */
  readonly conductances: Float64Array;
}

/** A cell in both worlds. */
interface Cells {
  readonly netlist: NetlistCells;
  readonly emulated: DrivenArray;
  readonly files: readonly EmittedText[];
}

/**
 * Write the array of a run as a netlist with what the emulator predicts for it.
 *
 * @throws ConfigError for a folder that holds no run, or a run without a reading of every cell
 * @throws UsageError for a parameter set that is not published
 */
export async function emitArray(flags: EmitArrayFlags): Promise<EmitOutcome> {
  const arrayCase = await readCase(flags);
  const { run, config, wires } = arrayCase;
  const { gap } = config.controller;
  const schedule = flags.drive === 'reads' ? readsOfWordLines(arrayCase) : await executed(run);
  const { netlist, emulated, files } = cellsOf(arrayCase, flags.cells);
  const predicted = predictCurrents(emulated, schedule, { gap });
  const end = (scheduleTimes(schedule, { gap }).at(-1)?.end ?? 0) + gap;
  const largest = predicted.reduce((amperes, { amperes: own }) => Math.max(amperes, Math.abs(own)), 0);
  const text = arrayNetlist({
    notes: notes(arrayCase, flags),
    geometry: run.geometry,
    cells: netlist,
    wires,
    readout: { gain: gainFor(config, largest), maxVolts: config.controller.adc.range },
    sources: scheduleToPwl(schedule, { gap }, { riseTime: riseSeconds }),
    end,
    step: flags.cells === 'devices' ? config.read.width / 10 : config.read.width,
    predictions: predicted.map(({ operation, bitLine, at, amperes }, index) => ({
      name: `read_${index}_operation_${operation}_b${bitLine}`,
      vector: `i(vsense_b${bitLine})`,
      at,
      value: amperes,
    })),
  });
  const paths = await writeEmitted(flags.out, [...files, { path: netlistName, text }]);
  return {
    document: { run: flags.run, cells: flags.cells, files: paths, predictions: predicted.length },
    text: `wrote ${paths.join(', ')}, with ${predicted.length} predicted currents`,
  };
}

async function readCase({ run: path, drive, set }: EmitArrayFlags): Promise<ArrayCase> {
  const run = await loadRun(path);
  const config = runConfig(path, run.manifest.config);
  const { model, set: recordedSet } = run.manifest.device;
  const isConfigured = set !== undefined || recordedSet === config.device.set;
  const device = await loadDevice(model, set ?? recordedSet, isConfigured ? config.device.overrides : {});
  const file = drive === 'reads' ? 'conductances' : 'before';
  const conductances = run[file];
  const missing = conductances.findIndex((conductance) => !(conductance > 0));
  if (missing >= 0) {
    throw new ConfigError(
      'run-incomplete',
      `${path}/${runFileNames[file]}: found ${conductances[missing]} for cell ${cellName(cellAt(run.geometry, missing))}, expected a reading of every cell`,
      { hint: '`ohmloom read` reads every cell.' },
    );
  }
  const { wordSegmentResistance, bitSegmentResistance } = config.array;
  return {
    run,
    config,
    device,
    readVolts: config.read.volts ?? device.set.readVolts,
    wires: {
      wordSegment: wordSegmentResistance,
      bitSegment: bitSegmentResistance,
      driver: config.controller.line.resistance,
    },
    conductances,
  };
}

/** A read of every word line after the other, all other lines at 0 V. */
function readsOfWordLines({ run: { geometry }, config, readVolts }: ArrayCase): Schedule {
  const operations = Array.from({ length: geometry.wordLines }, (_, word): Operation => {
    const { wordVolts, bitVolts } = restFrame(geometry);
    wordVolts[word] = readVolts;
    return {
      kind: 'frame',
      wordVolts: [...wordVolts],
      bitVolts: [...bitVolts],
      width: config.read.width,
      sense: true,
    };
  });
  return createSchedule(geometry, operations);
}

async function executed(run: RunData): Promise<Schedule> {
  const events: RunEvent[] = [];
  for await (const event of run.events()) {
    events.push(event);
  }
  return executedSchedule(run.schedule, events);
}

function cellsOf(arrayCase: ArrayCase, kind: EmitArrayFlags['cells']): Cells {
  const { run, device, readVolts, conductances, wires } = arrayCase;
  const { geometry } = run;
  const network = networkOf(geometry, wires);
  if (kind === 'resistors') {
    const emulated = resistorArray(geometry, conductances, network);
    return { netlist: { kind, conductances }, emulated, files: [] };
  }
  const { model, parameters } = device;
  const [lower, upper] = [model.lowerBound(parameters), model.upperBound(parameters)];
  const states = conductances.map((conductance) =>
    stateAtConductance(model, readVolts, conductance, parameters),
  );
  const subcircuit = modelIdentifier(model.name);
  const library = `${subcircuit}.lib`;
  return {
    netlist: { kind, library, subcircuit, places: states.map((state) => (state - lower) / (upper - lower)) },
    emulated: new Crossbar({
      geometry,
      model,
      parameters,
      variability: noVariability,
      seed: 0,
      readVolts,
      initial: conductances,
      faults: new Uint8Array(conductances.length),
      network,
    }),
    files: [{ path: library, text: subcircuitText(device) }],
  };
}

function networkOf(geometry: Geometry, { wordSegment, bitSegment, driver }: NetlistWires): LineNetwork {
  return wordSegment === 0 && bitSegment === 0 && driver === 0
    ? idealWires
    : resistiveWires({
        geometry,
        wordSegmentResistance: wordSegment,
        bitSegmentResistance: bitSegment,
        driverResistance: driver,
      });
}

function subcircuitText(device: LoadedDevice): string {
  const model = new ModelReader().read(builtInModelPath(device.model.name));
  checkDimensions(model);
  return `${spiceSubcircuit({ model, device }, device).join('\n')}\n`;
}

/** The largest gain that no predicted current drives to the end of the range. */
function gainFor({ controller: { transimpedance, adc } }: RunConfig, largest: number): Ohms {
  const [smallest, ...others] = transimpedance.toSorted((a, b) => a - b);
  return others.findLast((gain) => gain * largest < adc.range) ?? smallest!;
}

function notes({ run, device }: ArrayCase, { cells, drive }: EmitArrayFlags): string[] {
  const { geometry, manifest } = run;
  return [
    `Array of run ${manifest.runId}: ${geometry.wordLines} word lines x ${geometry.bitLines} bit lines.`,
    cells === 'resistors'
      ? `Cells are resistors, with the conductances that were read ${drive === 'reads' ? 'after' : 'before'} the run.`
      : `Cells are devices of model ${device.model.name}, set ${device.set.name}, without spread from device to device.`,
    drive === 'reads'
      ? 'One word line after the other is at the read voltage; all other lines are at 0 V.'
      : 'Lines are driven by the pulses and reads that the run made.',
    `Run it: ngspice -b ${netlistName}. Each line "error_..." that it prints is the difference from the emulator,`,
    'relative to what the emulator predicts.',
  ];
}
