import type { FunctionTable, MathName } from '../function-table.ts';
import { floatText } from '../identifiers.ts';
import type { GraphNode, Operation } from '../simplify.ts';
import type { Machine } from './assemblyscript-code.ts';

/** One double; `exp` and `log` are those of the pairs, so that both forms give the same bits. */
export const scalarFunctions: FunctionTable = {
  abs: (a) => `Math.abs(${a})`,
  min: (a, b) => `Math.min(${a}, ${b})`,
  max: (a, b) => `Math.max(${a}, ${b})`,
  sign: (a) => `Math.sign(${a})`,
  sqrt: (a) => `Math.sqrt(${a})`,
  pow: (a, b) => `Math.pow(${a}, ${b})`,
  floor: (a) => `Math.floor(${a})`,
  ceil: (a) => `Math.ceil(${a})`,
  exp: (a) => `exp(${a})`,
  expm1: (a) => `Math.expm1(${a})`,
  log: (a) => `log(${a})`,
  log1p: (a) => `Math.log1p(${a})`,
  sin: (a) => `Math.sin(${a})`,
  cos: (a) => `Math.cos(${a})`,
  tan: (a) => `Math.tan(${a})`,
  asin: (a) => `Math.asin(${a})`,
  acos: (a) => `Math.acos(${a})`,
  atan: (a) => `Math.atan(${a})`,
  sinh: (a) => `Math.sinh(${a})`,
  cosh: (a) => `Math.cosh(${a})`,
  tanh: (a) => `Math.tanh(${a})`,
};

/** Two doubles; what has no vector form is computed lane by lane. */
const pairFunctions: FunctionTable = {
  abs: (a) => `f64x2.abs(${a})`,
  min: (a, b) => `f64x2.min(${a}, ${b})`,
  max: (a, b) => `f64x2.max(${a}, ${b})`,
  sign: (a) => `signPair(${a})`,
  sqrt: (a) => `f64x2.sqrt(${a})`,
  pow: (a, b) => `powPair(${a}, ${b})`,
  floor: (a) => `f64x2.floor(${a})`,
  ceil: (a) => `f64x2.ceil(${a})`,
  exp: (a) => `expPair(${a})`,
  expm1: (a) => `expm1Pair(${a})`,
  log: (a) => `logPair(${a})`,
  log1p: (a) => `log1pPair(${a})`,
  sin: (a) => `sinPair(${a})`,
  cos: (a) => `cosPair(${a})`,
  tan: (a) => `tanPair(${a})`,
  asin: (a) => `asinPair(${a})`,
  acos: (a) => `acosPair(${a})`,
  atan: (a) => `atanPair(${a})`,
  sinh: (a) => `sinhPair(${a})`,
  cosh: (a) => `coshPair(${a})`,
  tanh: (a) => `tanhPair(${a})`,
};

/** Names that emitted modules take from exposure-math.as.ts. */
export const mathImports: readonly string[] = [
  'exp',
  'log',
  'pairAt',
  'storePair',
  ...Object.keys(pairFunctions)
    .filter((name) => pairFunctions[name as MathName]('', '').includes('Pair'))
    .map((name) => `${name}Pair`),
];

const infix: Readonly<Partial<Record<Operation, string>>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '==': '==',
  '!=': '!=',
  and: '&&',
  or: '||',
};

/** Values of type f64 and bool. */
export const scalarMachine: Machine = {
  branches: true,
  number: floatText,
  truth: String,
  operation(operation, [a = '', b = '', c = '']) {
    const operator = infix[operation];
    if (operator !== undefined) {
      return `${a} ${operator} ${b}`;
    }
    if (operation === 'negation') {
      return `-(${a})`;
    }
    if (operation === 'not') {
      return `!${a}`;
    }
    return operation === 'choice' ? `${a} ? ${b} : ${c}` : scalarFunctions[operation as MathName](a, b);
  },
};

const pairInstructions: Readonly<Partial<Record<Operation, string>>> = {
  '+': 'f64x2.add',
  '-': 'f64x2.sub',
  '*': 'f64x2.mul',
  '/': 'f64x2.div',
  '<': 'f64x2.lt',
  '<=': 'f64x2.le',
  '>': 'f64x2.gt',
  '>=': 'f64x2.ge',
  '==': 'f64x2.eq',
  '!=': 'f64x2.ne',
  and: 'v128.and',
  or: 'v128.or',
  not: 'v128.not',
  negation: 'f64x2.neg',
};

/** Values of type v128: two doubles, or two masks of all ones or all zeros. */
export const pairMachine: Machine = {
  branches: false,
  number: (value) => `f64x2.splat(${floatText(value)})`,
  truth: (value) => `i64x2.splat(${value ? -1 : 0})`,
  operation(operation, operands, nodes) {
    const [a = '', b = '', c = ''] = operands;
    const instruction = pairInstructions[operation];
    if (instruction !== undefined) {
      return `${instruction}(${operands.join(', ')})`;
    }
    if (operation === 'choice') {
      return `v128.bitselect(${b}, ${c}, ${a})`;
    }
    if (operation === 'min' || operation === 'max') {
      return extremePair(operation, a, b, nodes);
    }
    return pairFunctions[operation as MathName](a, b);
  },
};

/**
 * `pmax(a, b)` is one instruction where `max` is ten, and passes a NaN on if it is the first operand: a number stands
 * second.
 */
function extremePair(operation: 'min' | 'max', a: string, b: string, nodes: readonly GraphNode[]): string {
  if (nodes[1]?.content.kind === 'number') {
    return `f64x2.p${operation}(${a}, ${b})`;
  }
  return nodes[0]?.content.kind === 'number'
    ? `f64x2.p${operation}(${b}, ${a})`
    : pairFunctions[operation](a, b);
}
