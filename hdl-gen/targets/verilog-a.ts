/**
 * Verilog-A for any simulator that compiles it: every equation an analog function, the state as the voltage of an inner
 * node that the simulator integrates by `ddt`. It keeps to the forms that the ADMS compiler takes too: functions in the
 * classic style that get their parameters as arguments, no early return, no choice inside an expression.
 */
import { calledFunctions, readConstants } from '../called-functions.ts';
import type { FunctionTable, MathName } from '../function-table.ts';
import { floatText, modelIdentifier } from '../identifiers.ts';
import type { ModelFunction } from '../ir.ts';
import { provenance } from '../provenance.ts';
import { indent, renderExpression } from '../render.ts';
import { singleExpression } from '../single-expression.ts';
import { boundWidth, stateCapacitance } from '../state-node.ts';
import { type EmittedDevice, type Emission, requireDevice, type Target } from '../target.ts';
import { circuitTrain } from '../testbench-train.ts';
import { usedMath } from '../walk.ts';
import { spiceTestBench } from './spice-test-bench.ts';
import { VerilogANames } from './verilog-a-names.ts';
import { verilogBody } from './verilog-statements.ts';

const functions: FunctionTable = {
  abs: (a) => `abs(${a})`,
  min: (a, b) => `min(${a}, ${b})`,
  max: (a, b) => `max(${a}, ${b})`,
  sign: (a) => `sign_of(${a})`,
  sqrt: (a) => `sqrt(${a})`,
  pow: (a, b) => `pow(${a}, ${b})`,
  floor: (a) => `floor(${a})`,
  ceil: (a) => `ceil(${a})`,
  exp: (a) => `exp(${a})`,
  expm1: (a) => `exp_minus_one(${a})`,
  log: (a) => `ln(${a})`,
  log1p: (a) => `ln_one_plus(${a})`,
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

interface OwnFunction {
  readonly name: string;
  readonly lines: readonly string[];
}

/** What Verilog-A lacks, as functions of `a`. */
const ownFunctions: Readonly<Partial<Record<MathName, OwnFunction>>> = {
  sign: {
    name: 'sign_of',
    lines: [
      'if (a > 0.0) begin',
      '  sign_of = 1.0;',
      'end else if (a < 0.0) begin',
      '  sign_of = -1.0;',
      'end else begin',
      '  sign_of = 0.0;',
      'end',
    ],
  },
  expm1: { name: 'exp_minus_one', lines: ['exp_minus_one = 2.0 * sinh(a / 2.0) * exp(a / 2.0);'] },
  log1p: {
    name: 'ln_one_plus',
    lines: [
      'if (abs(a) < 0.5) begin',
      '  ln_one_plus = 2.0 * atanh(a / (2.0 + a));',
      'end else begin',
      '  ln_one_plus = ln(1.0 + a);',
      'end',
    ],
  },
};

/** Verilog-A module of one device. */
export const verilogA: Target = {
  name: 'verilog-a',
  title: 'Verilog-A: module, and test bench for ngspice with a compiled module',
  emit(emission) {
    const device = requireDevice(emission, 'verilog-a');
    const name = modelIdentifier(emission.model.name);
    return [
      { path: `${name}.va`, text: `${moduleText(emission, device, name).join('\n')}\n` },
      {
        path: `${name}_osdi_testbench.cir`,
        text: spiceTestBench({
          title: provenance(emission)[0]!,
          notes: [`The module is compiled first: openvaf ${name}.va`],
          train: circuitTrain(emission.model, device),
          device: [`.model compiled ${name}`, 'Ndevice device 0 compiled'],
          control: [`pre_osdi ${name}.osdi`],
        }),
      },
    ];
  },
};

function moduleText(emission: Emission, device: EmittedDevice, name: string): string[] {
  const { model } = emission;
  const { parameters } = device;
  const capacitance = floatText(stateCapacitance(model, device));
  const { rate, current, lowerBound, upperBound } = model.roles;
  const names = new VerilogANames(model, name, functions);
  const needed = calledFunctions(model, [rate, current, lowerBound, upperBound]);
  return [
    ...provenance(emission).map((line) => `// ${line}`),
    '`include "disciplines.vams"',
    '',
    ...readConstants(model, needed).map(
      (constant) =>
        `\`define ${names.constant(constant.name)} ${floatText(constant.value)} // [${constant.unit}]`,
    ),
    ...needed
      .filter((definition) => names.isMacro(definition))
      .map((definition) => macroText(definition, names)),
    `module ${name}(te, be);`,
    ...indent([
      '// top electrode, bottom electrode',
      'inout te, be;',
      'electrical te, be;',
      '// carries the place of the state in its range as a voltage from 0 to 1',
      'electrical state;',
      '',
      '// place of the state in its range at the start',
      'parameter real initial_state = 0.5 from [0.0:1.0];',
      ...model.parameters.flatMap((parameter) => [
        `// ${parameter.meaning} [${parameter.unit}]`,
        `parameter real ${names.parameter(parameter.name)} = ${floatText(parameters[parameter.name]!)}` +
          ` from [${floatText(parameter.min)}:${floatText(parameter.max)}];`,
      ]),
      '',
      'real volts, lower, range, place, value, speed, beyond;',
      '',
      ...[...usedMath(model)].flatMap((math) => ownFunctionText(ownFunctions[math])),
      ...needed
        .filter((definition) => !names.isMacro(definition))
        .flatMap((definition) => functionText(definition, names)),
      'analog begin',
      '  volts = V(te, be);',
      `  lower = ${names.call(lowerBound, [])};`,
      `  range = ${names.call(upperBound, [])} - lower;`,
      '  place = V(state);',
      '  value = lower + min(max(place, 0.0), 1.0) * range;',
      `  speed = ${names.call(rate, ['volts', 'value'])} / range;`,
      `  // The state stops at a bound: beyond it, outward speed falls to 0 over ${floatText(boundWidth)} of the range.`,
      '  if (speed > 0.0) begin',
      '    beyond = place - 1.0;',
      '  end else begin',
      '    beyond = -place;',
      '  end',
      `  speed = speed * min(1.0, 1.0 - beyond / ${floatText(boundWidth)});`,
      `  I(te, be) <+ ${names.call(current, ['volts', 'value'])};`,
      `  I(state) <+ ${capacitance} * ddt(V(state));`,
      '  if (analysis("static")) begin',
      '    I(state) <+ V(state) - initial_state;',
      '  end else begin',
      `    I(state) <+ -${capacitance} * speed;`,
      '  end',
      'end',
    ]),
    'endmodule',
  ];
}

function macroText(definition: ModelFunction, names: VerilogANames): string {
  const { dialect } = names.function(definition);
  const text = renderExpression(singleExpression(definition), dialect);
  return `\`define ${names.function(definition).name} (${text}) // ${definition.summary} [${definition.unit}]`;
}

function functionText(definition: ModelFunction, names: VerilogANames): string[] {
  const { name, inputs, dialect } = names.function(definition);
  const { locals, lines } = verilogBody(definition, dialect, name);
  const summary = definition.summary === '' ? definition.name : definition.summary;
  return [`// ${summary} [${definition.unit}]`, ...analogFunction(name, inputs, locals, lines)];
}

function ownFunctionText(own: OwnFunction | undefined): string[] {
  return own === undefined ? [] : analogFunction(own.name, ['a'], [], own.lines);
}

function analogFunction(
  name: string,
  inputs: readonly string[],
  locals: readonly string[],
  lines: readonly string[],
): string[] {
  return [
    `analog function real ${name};`,
    ...indent([
      `input ${inputs.join(', ')};`,
      `real ${inputs.join(', ')};`,
      ...(locals.length === 0 ? [] : [`real ${locals.join(', ')};`]),
      'begin',
      ...indent(lines),
      'end',
    ]),
    'endfunction',
    '',
  ];
}
