/** How a function treats the unit of its first operand. */
export type DimensionRule =
  /** Takes and gives pure numbers. */
  | 'pure'
  /** Gives the unit of its operands, which agree. */
  | 'same'
  /** Gives the root of the unit. */
  | 'root'
  /** Takes the unit to a power, which is a pure number. */
  | 'power'
  /** Takes any unit and gives a pure number. */
  | 'sign';

/** A mathematical function that a model may call. */
export interface MathFunction {
  readonly operands: 1 | 2;
  readonly dimension: DimensionRule;
  /** Whether it costs about as much as a sum, so that computing it twice or in vain does no harm. */
  readonly cheap: boolean;
  /** What the emulator computes. */
  readonly evaluate: (a: number, b: number) => number;
}

function pure(evaluate: (a: number) => number): MathFunction {
  return { operands: 1, dimension: 'pure', cheap: false, evaluate };
}

const table = {
  abs: { operands: 1, dimension: 'same', cheap: true, evaluate: Math.abs },
  min: { operands: 2, dimension: 'same', cheap: true, evaluate: (a, b) => Math.min(a, b) },
  max: { operands: 2, dimension: 'same', cheap: true, evaluate: (a, b) => Math.max(a, b) },
  sign: { operands: 1, dimension: 'sign', cheap: true, evaluate: Math.sign },
  sqrt: { operands: 1, dimension: 'root', cheap: true, evaluate: Math.sqrt },
  pow: { operands: 2, dimension: 'power', cheap: false, evaluate: (a, b) => a ** b },
  floor: { operands: 1, dimension: 'pure', cheap: true, evaluate: Math.floor },
  ceil: { operands: 1, dimension: 'pure', cheap: true, evaluate: Math.ceil },
  exp: pure(Math.exp),
  expm1: pure(Math.expm1),
  log: pure(Math.log),
  log1p: pure(Math.log1p),
  sin: pure(Math.sin),
  cos: pure(Math.cos),
  tan: pure(Math.tan),
  asin: pure(Math.asin),
  acos: pure(Math.acos),
  atan: pure(Math.atan),
  sinh: pure(Math.sinh),
  cosh: pure(Math.cosh),
  tanh: pure(Math.tanh),
} as const satisfies Record<string, MathFunction>;

export type MathName = keyof typeof table;

/** Every function of `Math` that a model may call. */
export const mathFunctions: Readonly<Record<MathName, MathFunction>> = table;

/** A target's one implementation of each function: the text of a call with the text of its operands. */
export type FunctionTable = Readonly<Record<MathName, (...operands: readonly string[]) => string>>;

/** Whether a member of `Math` is one that a model may call. */
export function isMathName(name: string): name is MathName {
  return Object.hasOwn(mathFunctions, name);
}
