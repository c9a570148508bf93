/**
 * A real-number model in SystemVerilog, for Icarus Verilog 11 and Verilator 5: the state is advanced when the voltage
 * changes or a strobe asks for it, so that a pulse costs two events however long it is.
 */
import { calledFunctions, readConstants } from '../called-functions.ts';
import type { FunctionTable, MathName } from '../function-table.ts';
import { floatText, modelIdentifier } from '../identifiers.ts';
import type { Model, ModelFunction } from '../ir.ts';
import { provenance } from '../provenance.ts';
import { indent } from '../render.ts';
import { type EmittedDevice, type Emission, requireDevice, type Target } from '../target.ts';
import { circuitTrain } from '../testbench-train.ts';
import { usedMath } from '../walk.ts';
import { boundedAdvance, integratedAdvance } from './system-verilog-advance.ts';
import { SystemVerilogNames } from './system-verilog-names.ts';
import { systemVerilogTestBench } from './system-verilog-test-bench.ts';
import { verilogBody } from './verilog-statements.ts';

const functions: FunctionTable = {
  abs: (a) => `magnitude(${a})`,
  min: (a, b) => `least(${a}, ${b})`,
  max: (a, b) => `greatest(${a}, ${b})`,
  sign: (a) => `sign_of(${a})`,
  sqrt: (a) => `$sqrt(${a})`,
  pow: (a, b) => `$pow(${a}, ${b})`,
  floor: (a) => `$floor(${a})`,
  ceil: (a) => `$ceil(${a})`,
  exp: (a) => `$exp(${a})`,
  expm1: (a) => `exp_minus_one(${a})`,
  log: (a) => `$ln(${a})`,
  log1p: (a) => `ln_one_plus(${a})`,
  sin: (a) => `$sin(${a})`,
  cos: (a) => `$cos(${a})`,
  tan: (a) => `$tan(${a})`,
  asin: (a) => `$asin(${a})`,
  acos: (a) => `$acos(${a})`,
  atan: (a) => `$atan(${a})`,
  sinh: (a) => `$sinh(${a})`,
  cosh: (a) => `$cosh(${a})`,
  tanh: (a) => `$tanh(${a})`,
};

interface OwnFunction {
  readonly inputs: readonly string[];
  readonly lines: readonly string[];
}

/** What SystemVerilog lacks. A NaN stays one. */
const ownFunctions = {
  least: { inputs: ['a', 'b'], lines: ['least = (a < b || a != a) ? a : b;'] },
  greatest: { inputs: ['a', 'b'], lines: ['greatest = (a > b || a != a) ? a : b;'] },
  magnitude: { inputs: ['a'], lines: ['magnitude = a < 0.0 ? -a : a;'] },
  sign_of: { inputs: ['a'], lines: ['sign_of = a > 0.0 ? 1.0 : (a < 0.0 ? -1.0 : a);'] },
  exp_minus_one: { inputs: ['a'], lines: ['exp_minus_one = 2.0 * $sinh(a / 2.0) * $exp(a / 2.0);'] },
  ln_one_plus: {
    inputs: ['a'],
    lines: ['ln_one_plus = (a > -0.5 && a < 0.5) ? 2.0 * $atanh(a / (2.0 + a)) : $ln(1.0 + a);'],
  },
} as const satisfies Record<string, OwnFunction>;

const ownFunctionOf: Readonly<Partial<Record<MathName, keyof typeof ownFunctions>>> = {
  abs: 'magnitude',
  sign: 'sign_of',
  expm1: 'exp_minus_one',
  log1p: 'ln_one_plus',
};

/** Real-number model of one device. */
export const systemVerilog: Target = {
  name: 'verilog',
  title: 'SystemVerilog: real-number model and test bench',
  emit(emission) {
    const device = requireDevice(emission, 'verilog');
    const name = modelIdentifier(emission.model.name);
    const train = circuitTrain(emission.model, device);
    return [
      { path: `${name}.sv`, text: `${moduleText(emission, device, name).join('\n')}\n` },
      { path: `${name}_testbench.sv`, text: systemVerilogTestBench(emission, train, name) },
    ];
  },
};

function moduleText(emission: Emission, { parameters }: EmittedDevice, name: string): string[] {
  const { model } = emission;
  const { rate, current, lowerBound, upperBound, advance } = model.roles;
  const names = new SystemVerilogNames(model, functions);
  const call = (role: string, ...operands: readonly string[]): string => names.call(role, operands);
  const [lower, upper] = [call(lowerBound), call(upperBound)];
  const needed = calledFunctions(model, [advance ?? rate, current, lowerBound, upperBound]);
  return [
    ...provenance(emission).map((line) => `// ${line}`),
    '`timescale 1ns/1fs',
    '',
    `module ${name} #(`,
    ...indent([
      ...model.parameters.flatMap(({ name: own, meaning, unit }) => [
        `// ${meaning} [${unit}]`,
        `parameter real ${names.parameter(own)} = ${floatText(parameters[own]!)},`,
      ]),
      '// place of the state in its range at the start, 0 to 1',
      'parameter real initial_state = 0.5',
    ]),
    ') (',
    ...indent([
      '// top electrode above bottom electrode [V]',
      'input wire real volts,',
      '// each edge brings the outputs up to date, as each change of the voltage does',
      'input wire strobe,',
      '// [A]',
      'output wire real amperes,',
      `// [${model.state.unit}]`,
      'output wire real state',
    ]),
    ');',
    ...indent([
      '// verilator lint_off BLKSEQ',
      '// verilator lint_off UNUSEDSIGNAL',
      ...readConstants(model, needed).map(
        ({ name: own, unit, value }) =>
          `localparam real ${names.constant(own)} = ${floatText(value)}; // [${unit}]`,
      ),
      '',
      ...neededOwnFunctions(model).flatMap((own) => functionLines(own, ownFunctions[own])),
      ...needed.flatMap((definition) => functionText(definition, names)),
      ...(advance === undefined
        ? integratedAdvance((x) => call(rate, 'v', x), lower, upper)
        : boundedAdvance(call(advance, 'v', 'x', 'dt'), lower, upper)),
      '',
      'real held; // voltage since the last event',
      'real since; // time of the last event',
      'real value;',
      'real flow;',
      'assign state = value;',
      'assign amperes = flow;',
      '',
      'initial begin',
      '  held = volts;',
      '  since = $realtime;',
      `  value = ${lower} + initial_state * (${upper} - ${lower});`,
      `  flow = ${call(current, 'held', 'value')};`,
      'end',
      '',
      'always @(volts or strobe) begin',
      '  value = advance_state(held, value, ($realtime - since) * 1.0e-9);',
      `  if (value - value != 0.0) $fatal(1, "${name}: the state is not finite");`,
      '  held = volts;',
      '  since = $realtime;',
      `  flow = ${call(current, 'held', 'value')};`,
      'end',
    ]),
    'endmodule',
  ];
}

function neededOwnFunctions(model: Model): (keyof typeof ownFunctions)[] {
  const called = [...usedMath(model)].flatMap((math) => ownFunctionOf[math] ?? []);
  const stepping = model.roles.advance === undefined ? (['magnitude'] as const) : [];
  return [...new Set([...(['least', 'greatest'] as const), ...stepping, ...called])];
}

function functionText(definition: ModelFunction, names: SystemVerilogNames): string[] {
  const dialect = names.dialect(definition);
  const name = names.function(definition.name);
  const { locals, lines } = verilogBody(definition, dialect, name);
  const summary = definition.summary === '' ? definition.name : definition.summary;
  return [
    `// ${summary} [${definition.unit}]`,
    ...functionLines(name, {
      inputs: definition.arguments.map((argument) => dialect.name('argument', argument.name)),
      lines: [...(locals.length === 0 ? [] : [`real ${locals.join(', ')};`]), ...lines],
    }),
  ];
}

function functionLines(name: string, { inputs, lines }: OwnFunction): string[] {
  return [
    `function automatic real ${name}(${inputs.map((input) => `input real ${input}`).join(', ')});`,
    ...indent(lines),
    'endfunction',
    '',
  ];
}
