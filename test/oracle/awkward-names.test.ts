import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import type { ToolName } from '../../hdl-gen/toolchain/tools.ts';
import { runCli, scratchFolder } from '../unit/cli/run-cli.ts';

/** Names that a language keeps for itself, uses in emitted files, or does not tell apart. */
const model = `
import type { Amperes, Dimensionless, Seconds, Siemens, Unit, Volts } from 'ohmloom';

type PerSecond = Unit<'s^-1'>;

interface Parameters {
  readonly v: Volts;
  readonly aP: PerSecond;
  readonly a_p: PerSecond;
  readonly begin: Siemens;
  readonly state: Siemens;
}

const exp: Dimensionless = 1e-3;

function endfunction(reg: Volts, p: Parameters): Dimensionless {
  const e = reg / p.v;
  const E = e * (e < 0 ? exp : 1);
  return Math.sign(reg) * Math.expm1(Math.abs(E + Math.log1p(Math.abs(e)))) + (e > 0 ? Math.floor(0.5) : Math.ceil(-0.5));
}

function rate(volts: Volts, place: Dimensionless, p: Parameters): PerSecond {
  const chosen1 = volts > 0 ? p.aP : p.a_p;
  return chosen1 * endfunction(volts, p) * (place < 0.5 || volts < 0 ? 1 : 0.5 + (1 - place) ** 3);
}

function i(te: Volts, be: Dimensionless, p: Parameters): Amperes {
  return (p.begin + p.state * Math.min(Math.max(be, 0), 1) ** 2) * te;
}

function initial(_p: Parameters): Dimensionless {
  return 0;
}

function table(_p: Parameters): Dimensionless {
  return 1;
}

export const awkward = {
  name: '2-awkward-names',
  title: 'Names that languages keep for themselves; */ and \`quotes\`',
  source: 'the oracle',
  state: { symbol: 'x', unit: '1', meaning: 'place', conductance: 'rises' },
  setPolarity: 1,
  promises: { quietAtZeroVolts: true, validVolts: 2 },
  parameters: {
    v: { unit: 'V', meaning: 'scale\\nof \`all\` */', min: 0.1, max: 10 },
    aP: { unit: 's^-1', meaning: 'speed up', min: 1, max: 1e9 },
    a_p: { unit: 's^-1', meaning: 'speed down', min: 1, max: 1e9 },
    begin: { unit: 'S', meaning: 'least conductance', min: 1e-9, max: 1 },
    state: { unit: 'S', meaning: 'span of the conductance', min: 1e-9, max: 1 },
  },
  rate,
  current: i,
  lowerBound: initial,
  upperBound: table,
};
`;

const parameter = (value: number, unit: string) => ({ value, unit, min: value / 2, max: value * 2 });

const set = {
  name: 'numbers',
  model: '2-awkward-names',
  title: 'Made-up numbers',
  source: { doi: '10.0000/awkward', where: 'the oracle' },
  conductance: { min: 1e-6, max: 1e-4 },
  readVolts: 0.1,
  parameters: {
    v: parameter(1, 'V'),
    aP: parameter(1e4, 's^-1'),
    a_p: parameter(2e6, 's^-1'),
    begin: parameter(1e-6, 'S'),
    state: parameter(1e-4, 'S'),
  },
};

const targets: readonly (readonly [string, readonly ToolName[]])[] = [
  ['spice', ['ngspice']],
  ['verilog-a', ['admsXml']],
  ['c', ['gcc']],
  ['verilog', ['iverilog', 'vvp']],
];

describe.each(targets)('a model with awkward names as %s', (target, tools) => {
  test.skipIf(missingTools(tools).length > 0)('is what the tool takes, and passes', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'awkward.ts'), model);
    writeFileSync(join(folder, '2-awkward-names.numbers.json'), JSON.stringify(set));
    const flags = ['--model', join(folder, 'awkward.ts'), '--out', join(folder, 'out'), '--check'];
    const { code, stderr } = await runCli('emit', target, ...flags);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
