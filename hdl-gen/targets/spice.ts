/**
 * A subcircuit for ngspice 39 and later: the current as a behavioural source, the state as the voltage of a capacitor,
 * so that the simulator integrates it with its own method and step control.
 */
import { calledFunctions, readConstants } from '../called-functions.ts';
import { distinctNames } from '../distinct-names.ts';
import type { FunctionTable } from '../function-table.ts';
import { floatText, modelIdentifier, snakeCase } from '../identifiers.ts';
import type { Model, ModelFunction } from '../ir.ts';
import { provenance } from '../provenance.ts';
import { type Dialect, renderExpression } from '../render.ts';
import { singleExpression } from '../single-expression.ts';
import { boundWidth, stateCapacitance } from '../state-node.ts';
import { type EmittedDevice, type Emission, requireDevice, type Target } from '../target.ts';
import { circuitTrain } from '../testbench-train.ts';
import { spiceTestBench } from './spice-test-bench.ts';

/** A base below zero counts by its magnitude in `pow`, and keeps its sign in `pwr`. */
const functions: FunctionTable = {
  abs: (a) => `abs(${a})`,
  min: (a, b) => `min(${a}, ${b})`,
  max: (a, b) => `max(${a}, ${b})`,
  sign: (a) => `sgn(${a})`,
  sqrt: (a) => `sqrt(${a})`,
  pow: (a, b) => (/^-?\d*[13579]\.0$/u.test(b) ? `pwr(${a}, ${b})` : `pow(${a}, ${b})`),
  floor: (a) => `floor(${a})`,
  ceil: (a) => `ceil(${a})`,
  exp: (a) => `exp(${a})`,
  expm1: (a) => `(2.0 * sinh((${a}) / 2.0) * exp((${a}) / 2.0))`,
  log: (a) => `ln(${a})`,
  log1p: (a) => `(abs(${a}) < 0.5 ? 2.0 * atanh((${a}) / (2.0 + (${a}))) : ln(1.0 + (${a})))`,
  sin: (a) => `sin(${a})`,
  cos: (a) => `cos(${a})`,
  tan: (a) => `tan(${a})`,
  asin: (a) => `asin(${a})`,
  acos: (a) => `acos(${a})`,
  atan: (a) => `atan(${a})`,
  sinh: (a) => `sinh(${a})`,
  cosh: (a) => `cosh(${a})`,
  tanh: (a) => `tanh(${a})`,
};

/** Time constant with which the state leaks; a node needs a way to ground. */
const leakSeconds = 1e9;

/** ngspice subcircuit of one device. */
export const spice: Target = {
  name: 'spice',
  title: 'SPICE: ngspice subcircuit and test bench',
  emit(emission) {
    const device = requireDevice(emission, 'spice');
    const name = modelIdentifier(emission.model.name);
    const library = `${name}.lib`;
    return [
      { path: library, text: `${spiceSubcircuit(emission, device).join('\n')}\n` },
      {
        path: `${name}_testbench.cir`,
        text: spiceTestBench({
          title: provenance(emission)[0]!,
          train: circuitTrain(emission.model, device),
          device: [`.include ${library}`, `Xdevice device 0 ${name}`],
          state: 'v(xdevice.state)',
        }),
      },
    ];
  },
};

/**
 * Write the subcircuit `<model> te be`, with the parameter `initial_state`: the place of the state in its range at the
 * start, from 0 to 1.
 */
export function spiceSubcircuit(emission: Emission, device: EmittedDevice): string[] {
  const { model } = emission;
  const { parameters } = device;
  const capacitance = stateCapacitance(model, device);
  const name = modelIdentifier(model.name);
  const names = spiceNames(model, name);
  const { lowerBound, upperBound, rate, current } = model.roles;
  const [lower, upper] = [names.call(lowerBound, []), names.call(upperBound, [])];
  const range = `(${upper} - ${lower})`;
  const needed = calledFunctions(model, [rate, current, lowerBound, upperBound]);
  return [
    ...provenance(emission).map((line) => `* ${line}`),
    '* Node `state` carries the place of the state in its range as a voltage from 0 to 1.',
    `.subckt ${name} te be params: initial_state=0.5`,
    ...model.parameters.flatMap(({ name: own, meaning, unit }) => [
      `* ${meaning} [${unit}]`,
      `.param ${names.parameter(own)}=${floatText(parameters[own]!)}`,
    ]),
    ...readConstants(model, needed).flatMap(({ name: own, unit, value }) => [
      `* [${unit}]`,
      `.param ${names.constant(own)}=${floatText(value)}`,
    ]),
    ...needed.flatMap((definition) => functionText(definition, names)),
    `* state [${model.state.unit}] at a place in its range`,
    `.func ${name}_state_at(place_) {${lower} + min(max(place_, 0.0), 1.0) * ${range}}`,
    '* speed of the place [s^-1]',
    `.func ${name}_speed(v_, place_) {${names.call(rate, ['v_', `${name}_state_at(place_)`])} / ${range}}`,
    `* the state stops at a bound: beyond it, outward speed falls to 0 over ${boundWidth} of the range`,
    `.func ${name}_held(speed_, place_) {speed_ * min(1.0, 1.0 - (speed_ > 0.0 ? place_ - 1.0 : -place_) / ${boundWidth})}`,
    `Bcurrent te be I = ${names.call(current, ['V(te, be)', `${name}_state_at(V(state))`])}`,
    `Bspeed 0 state I = ${floatText(capacitance)} * ${name}_held(${name}_speed(V(te, be), V(state)), V(state))`,
    `Cstate state 0 ${floatText(capacitance)}`,
    `Rleak state 0 ${floatText(leakSeconds / capacitance)}`,
    '.ic v(state)={initial_state}',
    `.ends ${name}`,
  ];
}

interface Names {
  readonly dialect: Dialect;
  parameter(name: string): string;
  constant(name: string): string;
  call(name: string, operands: readonly string[]): string;
}

/** Letters of one case, and an underscore behind arguments: `v` and `i` belong to SPICE. */
function spiceNames(model: Model, prefix: string): Names {
  const distinct = (list: readonly { readonly name: string }[], convert: (name: string) => string) => {
    const names = distinctNames(
      list.map(({ name }) => name),
      convert,
    );
    return (name: string): string => names.get(name)!;
  };
  const parameter = distinct(model.parameters, (name) => `p_${snakeCase(name)}`);
  const constant = distinct(model.constants, (name) => `c_${snakeCase(name)}`);
  const functionName = distinct(model.functions, (name) => `${prefix}_model_${snakeCase(name)}`);
  const call = (name: string, operands: readonly string[]): string =>
    `${functionName(name)}(${operands.join(', ')})`;
  return {
    parameter,
    constant,
    call,
    dialect: {
      functions,
      number: floatText,
      name: (kind, name) => (kind === 'constant' ? constant(name) : `${snakeCase(name)}_`),
      parameter,
      // A function right after `?` would not be found.
      call: (name, operands) => `(${call(name, operands)})`,
    },
  };
}

function functionText(definition: ModelFunction, { dialect, call }: Names): string[] {
  const { name, summary, unit } = definition;
  const args = definition.arguments.map((argument) => dialect.name('argument', argument.name));
  return [
    `* ${summary === '' ? name : summary} [${unit}]`,
    `.func ${call(name, args)} {${renderExpression(singleExpression(definition), dialect)}}`,
  ];
}
