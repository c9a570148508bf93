import { describe, expect, test } from 'vitest';
import { benchKit } from '../../../../firmware-bridge/bench-kit/bench-kit.ts';
import { scpiHeader } from '../../../../firmware-bridge/bench-kit/scpi-header.ts';
import { openLoad, VirtualOutput } from '../../../../firmware-bridge/bench-kit/virtual-output.ts';
import { hurriedClock } from '../../../../firmware-bridge/transport/clock.ts';
import { settingsOf, virtualBench, linesTo, type Bench } from './bench.ts';

const settings = settingsOf('keithley-2400');

/** Another program on both lines: commands in, answers out. */
function other(bench: Bench) {
  const { source, matrix } = linesTo(bench, hurriedClock);
  const ask = (line: typeof source) => async (command: string) => {
    await line.write(Buffer.from(`${command}\n`), 1);
    return command.endsWith('?') || command.startsWith('print') ? line.readLine(1) : '';
  };
  return { source: ask(source), matrix: ask(matrix) };
}

describe('virtual bench under other programs', () => {
  test('commands are taken in long and short form, and unknown ones are reported', async () => {
    const { source } = other(virtualBench(hurriedClock, settings));
    await source(':SENSe:CURRent:PROTection 2E-5');
    expect(await source('sens:curr:prot?')).toBe('+2.000000E-05');
    await source(':SENS:RES:RANG 10');
    expect(await source(':SYST:ERR?')).toBe('-113,"Undefined header"');
    expect(await source(':SYST:ERR?')).toBe('0,"No error"');
  });

  test('a limit out of range is not taken, as on the real instrument', async () => {
    const { source } = other(virtualBench(hurriedClock, settings));
    await source(':SENS:CURR:RANG 1E-3');
    await source(':SENS:CURR:PROT 1E-9');
    expect(await source(':SENS:CURR:PROT?')).toBe('+1.000000E-04');
    expect(await source(':SYST:ERR?')).toContain('-222');
  });

  test('relays that move under voltage, and both terminals on one line, are counted', async () => {
    const bench = virtualBench(hurriedClock, settings);
    const { source, matrix } = other(bench);
    await matrix(':ROUT:MULT:CLOS (@101,116)');
    await source(':SOUR:VOLT 0.3');
    await source(':OUTP ON');
    expect(bench.board.counts).toEqual({ hotSwitches: 0, shorts: 0, moves: 1 });
    await matrix(':ROUT:MULT:CLOS (@109)');
    expect(bench.board.counts).toEqual({ hotSwitches: 1, shorts: 1, moves: 2 });
    expect(await matrix(':ROUT:MULT:CLOS?')).toBe('(@101,109,116)');
    await matrix(':ROUT:MULT:CLOS (@149)');
    expect(await matrix(':SYST:ERR?')).toContain('-222');
  });

  test('a source reads a cell whose neighbours float, by Ohm', async () => {
    const bench = virtualBench(hurriedClock, settings);
    const { source, matrix } = other(bench);
    await matrix(':ROUT:MULT:CLOS (@101,116)');
    await source(':SENS:CURR:RANG 1E-3');
    await source(':SENS:CURR:PROT 1E-3');
    await source(':SOUR:VOLT 0.2');
    await source(':OUTP ON');
    const [volts, amperes, status] = (await source(':READ?')).split(',').map(Number);
    expect([volts, status]).toEqual([0.2, 0]);
    expect(amperes).toBeCloseTo(2e-5, 9);
  });

  test('a short is held at the limit, and leaves no voltage', async () => {
    const bench = virtualBench(hurriedClock, settings);
    const before = bench.crossbar.conductances();
    const { source, matrix } = other(bench);
    await matrix(':ROUT:MULT:CLOS (@101,109,116)');
    await source(':SOUR:VOLT 0.9');
    await source(':OUTP ON');
    expect(Number((await source(':READ?')).split(',')[2])).toBe(8);
    expect(bench.crossbar.conductances()).toEqual(before);
  });

  test('the script instrument does not pulse with automatic ranges', async () => {
    const { source } = other(virtualBench(hurriedClock, settingsOf('keithley-2600')));
    await source('smua.source.rangev = 2');
    await source('smua.source.output = smua.OUTPUT_ON');
    const configure = 'print(ConfigPulseVMeasureI(smua, 0, 0.5, 1e-3, 1e-3, 1e-3, 1, smua.nvbuffer1, 1))';
    expect(await source(configure)).toMatch(/^false/u);
    await source('smua.source.autorangev = smua.AUTORANGE_OFF');
    await source('smua.measure.autorangei = smua.AUTORANGE_OFF');
    expect(await source(configure)).toMatch(/^true/u);
    expect(await source('print(InitiatePulseTest(2))')).toMatch(/^false/u);
    await source('smua.nonsense = 3');
    expect(await source('print(errorqueue.count)')).toBe('1.00000e+00');
  });
});

test('the output gives what the limit leaves, on a load that grows while it is held', () => {
  let conductance = 1e-4;
  const growing = {
    amperes: (volts: number) => volts * conductance,
    hold(volts: number, width: number) {
      conductance += Math.max(0, volts - 0.5) * width;
      return volts * conductance;
    },
  };
  const output = new VirtualOutput(growing);
  output.on = true;
  output.limit = 2e-4;
  // Unlimited it would go on to 0.1 mS + 0.5 V * 1 ms = 0.6 mS; at 0.5 V and 0.2 mA, 0.4 mS, it stops.
  expect(output.hold(1, 1e-3)).toEqual({ amperes: 2e-4, limited: true });
  expect(conductance).toBeLessThan(4.1e-4);
  expect(conductance).toBeGreaterThan(3e-4);
  expect(new VirtualOutput(openLoad).hold(1, 1)).toEqual({ amperes: 0, limited: false });
});

test('headers match in either form and nothing in between', () => {
  const header = scpiHeader('SOURce:VOLTage:MODE');
  const good = ['SOUR:VOLT:MODE', ':sour:volt:mode', 'SOURCE:VOLT:MODE', ':Source:Voltage:Mode'];
  const bad = ['SOUR:VOLTA:MODE', 'SOUR:VOLT', 'SOUR:VOLT:MODE?', 'XSOUR:VOLT:MODE'];
  expect([...good, ...bad].filter((text) => header.test(text))).toEqual(good);
  expect(scpiHeader('*IDN?').test('*idn?')).toBe(true);
});

test.each(['keithley-2400', 'keithley-2600'] as const)('a %s says who it is', async (kind) => {
  const bench = virtualBench(hurriedClock, settingsOf(kind));
  const { source, matrix } = linesTo(bench, hurriedClock);
  expect(await benchKit.identify(source, hurriedClock)).toMatch(/^keithley.*model 2[46]0/iu);
  expect(await benchKit.identify(matrix, hurriedClock)).toBeNull();
});
