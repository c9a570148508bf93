/**
 * Laws that hold for every device model, write-verify policy, backend and converter, and arbitraries of the things
 * that they are tried on. A law is a name and a function that throws, for any test framework.
 */
export { backendLaws } from './backend-laws.ts';
export { converterLaws } from './converter-laws.ts';
export { deviceLaws } from './device-laws.ts';
export { policyLaws } from './policy-laws.ts';

export { biasChoices, biasFrames } from './bias-frames.ts';
export { conductanceMatrices } from './conductance-matrices.ts';
export { deviceParameters } from './device-parameters.ts';
export { cellsOf, geometries } from './geometries.ts';
export { pulses, pulseWidths, voltages } from './pulses.ts';
export { safeOperatingAreas } from './safe-operating-areas.ts';
export { operations, schedules } from './schedules.ts';

export type { BackendFactory, BackendSubject } from './backend-subject.ts';
export type { ConductanceMatrix } from './conductance-matrices.ts';
export type { ConverterAccuracy } from './converter-laws.ts';
export type { Law, LawSettings } from './law.ts';
export type { PolicyBench } from './convergence-law.ts';
export type { OperationRanges } from './schedules.ts';
