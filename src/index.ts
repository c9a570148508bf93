/**
 * The public interface of ohmloom: plan, check, emulate and run pulse programs for memristor crossbars.
 * Device models are in `ohmloom/devices`, the laws for your own models in `ohmloom/laws`.
 */
export { exitCodes, OhmloomError } from './errors.ts';
export {
  ConfigError,
  ModelDomainError,
  PermissionError,
  ReplayError,
  SafetyStop,
  ScheduleError,
  SolverError,
  UsageError,
} from './errors.ts';
export { formatQuantity, parseQuantity } from './quantity.ts';
export { RandomStream } from './random.ts';

export { conductanceAt } from './model/device-model.ts';
export { predictConductance } from './model/predict-conductance.ts';
export { conductanceRange, stateAtConductance } from './model/state-at-conductance.ts';
export { advanceState, integrateState } from './model/state-integrator.ts';
export { noVariability } from './model/variability.ts';

export { BatchSolver } from './circuit/batch-solver.ts';
export { biasSchemes, selectCell } from './array/bias.ts';
export { createCircuit } from './circuit/circuit.ts';
export { conductanceSensitivity } from './circuit/conductance-sensitivity.ts';
export { Crossbar } from './array/crossbar.ts';
export { dropMap } from './array/drop-map.ts';
export { sneakMap } from './array/sneak-map.ts';
export { cellAt, cellCount, cellIndex, createGeometry } from './array/geometry.ts';
export { idealWires } from './array/line-network.ts';
export { connectSources } from './circuit/nodal-system.ts';
export { resistiveWires } from './array/resistive-wires.ts';
export { accessTransistor, seriesResistor, sinhSelector } from './array/series-element.ts';
export { solveCircuit } from './circuit/solve-circuit.ts';
export { bitLineCurrents } from './array/vector-matrix-product.ts';
export { wiredConductances } from './array/wired-conductances.ts';

export { Adc } from './periphery/adc.ts';
export { Dac } from './periphery/dac.ts';
export { LineDriver } from './periphery/line-driver.ts';
export { calibrateRange } from './periphery/range-calibration.ts';
export { NeuronPopulation } from './periphery/neurons/neuron-population.ts';
export { neuronTable } from './periphery/neurons/table.ts';
export { ReadChannel } from './periphery/read-channel.ts';
export { TransimpedanceAmplifier } from './periphery/transimpedance.ts';

export { certify } from './schedule/compile.ts';
export { decodeSchedule, scheduleFromJson } from './schedule/decode.ts';
export { operationDigest, scheduleDigest } from './schedule/digest.ts';
export { encodeSchedule, scheduleToJson } from './schedule/encode.ts';
export { createSchedule } from './schedule/schedule.ts';
export { scheduleToCsv } from './schedule/to-csv.ts';
export { scheduleToPwl } from './schedule/to-pwl.ts';
export { scheduleToText } from './schedule/to-text.ts';
export { scheduleToVcd } from './schedule/to-vcd.ts';
export { requireMatchingCertificate } from './schedule/verify.ts';

export { planArray, planReadout } from './programming/plan-array.ts';
export { bindPolicy, policyTable } from './programming/policy-table.ts';

export { differentialPair } from './network/differential-pair.ts';
export { offsetColumn } from './network/offset-column.ts';
export { CrossbarLayer } from './network/crossbar-layer.ts';
export { decodeDelta, encodeDelta } from './network/delta-encoder.ts';
export { InferenceLayer } from './network/inference-layer.ts';
export { InferencePipeline } from './network/inference-pipeline.ts';
export { encodeLatency } from './network/latency-encoder.ts';
export { createPspKernel, postsynapticPotential } from './network/psp-kernel.ts';
export { tempotronGradient, tempotronMaximum, tempotronVoltage } from './network/tempotron.ts';
export { trainTempotron } from './network/train-tempotron.ts';

export { runProgram } from './run/engine.ts';
export { executedSchedule } from './run/executed-schedule.ts';
export { ReplayBackend } from './run/replay-backend.ts';
export { RunControl } from './run/run-control.ts';
export { SimulatedBackend } from './run/simulated-backend.ts';

export { loadRun } from './files/load-run.ts';
export { readMatrix, writeMatrix } from './files/npy.ts';
export { createRunFolder } from './files/run-folder.ts';
export { createLab, loadLab } from './lab/lab.ts';
export { planLab } from './lab/plan-lab.ts';
export { recordRun } from './lab/record-run.ts';
export { simulateLab } from './lab/simulate-lab.ts';
export { writeReport } from './report/write-report.ts';
export { backendTable } from './backend-table.ts';

export type { Cell, Geometry } from './array/geometry.ts';
export type { BiasChoice, BiasFrame, BiasScheme } from './array/bias.ts';
export type { CrossbarOptions } from './array/crossbar.ts';
export type { Circuit, CircuitDescription, SegmentResistance } from './circuit/circuit.ts';
export type { DropMap, DropMapOptions } from './array/drop-map.ts';
export type { SneakMap, SneakMapOptions } from './array/sneak-map.ts';
export type { Drive, EndDrive, LineEnd } from './circuit/line-ends.ts';
export type { LineNetwork, LineSolution } from './array/line-network.ts';
export type { NodalSolution } from './circuit/nodal-solution.ts';
export type { NodalSystem } from './circuit/nodal-system.ts';
export type { ResistiveWiresOptions } from './array/resistive-wires.ts';
export type { SeriesElement } from './array/series-element.ts';
export type { SolveOptions } from './circuit/solve-circuit.ts';
export type { ReadWires } from './array/sensed-array.ts';
export type { DeviceModel } from './model/device-model.ts';
export type { ParameterSchema, ParameterSet, ParameterValues } from './model/parameter-set.ts';
export type { Spread, Variability } from './model/variability.ts';
export type { DriverGrid } from './schedule/driver-grid.ts';
export type {
  FrameOperation,
  Operation,
  ProgramVerifyOperation,
  PulseOperation,
  ReadOperation,
  WaitOperation,
} from './schedule/operation.ts';
export type { Certificate, LimitMargin, SafeOperatingArea } from './schedule/safe-operating-area.ts';
export type { Schedule } from './schedule/schedule.ts';
export type { Timing } from './schedule/timing.ts';
export type { CellTask, Policy, PolicyRun, Verdict } from './programming/policy.ts';
export type { WeightLayout } from './network/conductance-mapping.ts';
export type { InferenceLayerOptions } from './network/inference-layer.ts';
export type { InferencePipelineOptions } from './network/inference-pipeline.ts';
export type { LatencyMembrane } from './network/latency-encoder.ts';
export type { PspKernel } from './network/psp-kernel.ts';
export type { SpikePattern } from './network/spike-pattern.ts';
export type { MembraneMaximum } from './network/tempotron.ts';
export type { LabelledPattern, TempotronTraining } from './network/train-tempotron.ts';
export type { Backend, Capabilities, CheckedProgram, OperationResult } from './run/backend.ts';
export type { RunEvent, RunManifest, RunSummary } from './run/run-record.ts';
export type { Lab } from './lab/lab.ts';
export type { LabConfig } from './lab/lab-config.ts';
export type {
  Amperes,
  Coulombs,
  Dimensionless,
  Farads,
  Hertz,
  Joules,
  Kelvin,
  Metres,
  Ohms,
  Seconds,
  Siemens,
  Unit,
  Volts,
  Watts,
} from './units.ts';
