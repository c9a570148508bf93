import { describe, expect, test } from 'vitest';
import { printModel } from '../../../hdl-gen/print.ts';
import { readBuiltIn, readChanged } from './model-files.ts';

describe('the intermediate form', () => {
  test('of a model with a closed form', () => {
    expect(printModel(readBuiltIn('data-driven-2016'))).toBe(`\
model data-driven-2016: Data-driven ReRAM, quadratic window (Messaris 2016)
state R [ohm], conductance falls
parameter aP [ohm^-1 s^-1] from 1e-7 to 1000
parameter aN [ohm^-1 s^-1] from -1000 to -1e-7
parameter tP [V] from 0.02 to 10
parameter tN [V] from 0.02 to 10
parameter a0P [ohm] from 100 to 10000000
parameter a1P [ohm V^-1] from -1000000 to 1000000
parameter a0N [ohm] from 100 to 10000000
parameter a1N [ohm V^-1] from -1000000 to 1000000
parameter vThresholdP [V] from 0 to 5
parameter vThresholdN [V] from 0 to 5
parameter rMin [ohm] from 10 to 100000000
parameter rMax [ohm] from 10 to 100000000
function distance(v [V], x [ohm]) [ohm]
  if (v > 0) {
    return max(p.a0P + p.a1P * v - x, 0)
  }
  return max(x - (p.a0N + p.a1N * v), 0)
function sensitivity(v [V]) [ohm^-1 s^-1]
  if (v > p.vThresholdP) {
    return p.aP * (exp(v / p.tP) - 1)
  }
  if (v + p.vThresholdN < 0) {
    return p.aN * (exp(abs(v) / p.tN) - 1)
  }
  return 0
function rate(v [V], x [ohm]) [ohm s^-1]
  u = distance(v, x)
  return sensitivity(v) * u * u
function current(v [V], x [ohm]) [A]
  return v / x
function advance(v [V], x [ohm], dt [s]) [ohm]
  u = distance(v, x)
  s = sensitivity(v)
  return x + s * u * u * dt / (1 + abs(s) * u * dt)
function lowerBound() [ohm]
  return p.rMin
function upperBound() [ohm]
  return p.rMax
rate is rate
current is current
advance is advance
lowerBound is lowerBound
upperBound is upperBound
`);
  });

  test('of a model whose equations stand in several files, two of them under the same name', () => {
    expect(printModel(readBuiltIn('linear-ion-drift-biolek'))).toBe(`\
model linear-ion-drift-biolek: Linear ion drift, Biolek window (Biolek 2009)
state x [1], conductance rises
parameter rOn [ohm] from 1 to 1000000
parameter rOff [ohm] from 10 to 10000000000
parameter thickness [m] from 1e-10 to 0.000001
parameter mobility [m^2 V^-1 s^-1] from 1e-18 to 1e-10
parameter p [1] from 0.1 to 100
function driftPerCharge() [ohm V^-1 s^-1]
  return p.mobility * p.rOn / (p.thickness * p.thickness)
function resistance(x [1]) [ohm]
  return p.rOn * x + p.rOff * (1 - x)
function current(v [V], x [1]) [A]
  return v / resistance(x)
function linearIonDriftRate(v [V], x [1]) [s^-1]
  return driftPerCharge() * current(v, x)
function decayed(y [1]) [1]
  if (y > 1) {
    return 1 - 1 / exp(y)
  }
  return 2 * sinh(y / 2) / exp(y / 2)
function oneMinusPower(w [1], p [1]) [1]
  rest = 1 - w
  if (rest <= 0) {
    return 1
  }
  if (rest >= 1) {
    return p * w
  }
  return decayed(p * w * log(rest) / (rest - 1))
function biolekWindow(x [1], p [1], v [V]) [1]
  if (v > 0) {
    return oneMinusPower((1 - x) * (1 + x), p)
  }
  return oneMinusPower(x * (2 - x), p)
function rate(v [V], x [1]) [s^-1]
  return linearIonDriftRate(v, x) * biolekWindow(x, p.p, v)
function lowerBound() [1]
  return 0
function upperBound() [1]
  return 1
rate is rate
current is current
lowerBound is lowerBound
upperBound is upperBound
`);
  });

  test('keeps the order of operations, the choices and the constants of the source', () => {
    const model = readChanged(
      'vteam',
      [
        'return x + rate(v, x, p) * dt;',
        `const step = x - (x - dt * rate(v, x, p));
  const isLarge = v > 1 || (v < -1 && !(x >= p.xOn));
  return -(-x) + (isLarge ? step : margin * (step / (2 * 3)) ** 1);`,
      ],
      ['export function advance', 'const margin = 2 * Math.PI;\nexport function advance'],
    );
    expect(printModel(model)).toContain(`\
function advance(v [V], x [m], dt [s]) [m]
  step = x - (x - dt * rate(v, x))
  return -(-x) + (v > 1 || (v < -1 && !(x >= p.xOn)) ? step : margin * pow(step / (2 * 3), 1))
`);
    expect(printModel(model)).toContain(`constant margin [1] = ${2 * Math.PI}\n`);
  });

  test('has a place in the source for every function', () => {
    const model = readBuiltIn('vteam');
    expect(model.functions.map(({ at }) => at.file)).toEqual(model.functions.map(() => 'devices/vteam.ts'));
    expect(model.functions.every(({ at }) => at.line > 1 && at.column === 1)).toBe(true);
  });
});
