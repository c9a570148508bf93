import type { Model } from '../ir.ts';
import { indent } from '../render.ts';
import { ExpressionGraph, type GraphNode, inlineFunction, isDear, type Polarity } from '../simplify.ts';
import { StraightCode, type Substitute } from './assemblyscript-code.ts';
import { pairMachine, scalarMachine } from './assemblyscript-machines.ts';

/** The same numbers for all cells, or numbers of its own for each. */
export type StripMode = 'uniform' | 'spread';

/** The loop over a strip of cells with a closed form, two at a time. */
export interface StripCode {
  readonly lines: readonly string[];
  /** Dear functions of parameters: a flag, and the parameters that must be the same for all cells for it to be false. */
  readonly varying: readonly { readonly flag: string; readonly parameters: readonly string[] }[];
  /** How many values it computes once for a pulse. */
  readonly slots: number;
}

/** Bytes before the values in a row of the table of pulses: voltage and duration. */
export const keyBytes = 16;

interface Outputs {
  readonly current: GraphNode;
  readonly next: GraphNode;
  readonly lower: GraphNode;
  readonly upper: GraphNode;
}

/**
 * Write the loop for one polarity of the voltage. What does not depend on the state is computed once for a pulse; with
 * spread that holds for what does not depend on parameters either, and for dear functions whose parameters happen to be
 * the same for all cells.
 *
 * @param name - of the loop, `expose<name>`; `prepare<name>` finds or fills the row of a pulse
 */
export function stripCode(
  model: Model,
  advance: string,
  mode: StripMode,
  polarity: Polarity,
  name: string,
): StripCode {
  const outputs = outputsOf(model, advance, polarity);
  const plan = planSharing(outputs, mode, name);
  const prepare = new StraightCode(scalarMachine, scalarLeaf);
  const stores = [...plan.shared, ...plan.guarded].map(({ node }, slot) => {
    const value = prepare.value(node);
    const offset = keyBytes + 8 * slot;
    return isTruth(node)
      ? `store<i64>(row, ${value} ? -1 : 0, ${offset});`
      : `store<f64>(row, ${value}, ${offset});`;
  });
  const loop = new StraightCode(pairMachine, pairLeaf(plan), plan.pairs);
  const current = loop.value(outputs.current);
  const next = loop.value(outputs.next);
  const lower = loop.value(outputs.lower);
  const upper = loop.value(outputs.upper);
  return {
    varying: plan.guarded.map(({ node, flag }) => ({ flag, parameters: [...node.parameters] })),
    slots: stores.length,
    lines: [
      `function prepare${name}(volts: f64, seconds: f64): usize {`,
      '  const row = rowOf(volts, seconds);',
      '  if (load<f64>(row) == volts && load<f64>(row, 8) == seconds) {',
      '    return row;',
      '  }',
      ...indent([...prepare.lines, ...stores]),
      '  store<f64>(row, volts);',
      '  store<f64>(row, seconds, 8);',
      '  return row;',
      '}',
      '',
      `function expose${name}(first: usize, step: usize, count: i32, volts: f64, seconds: f64): f64 {`,
      `  const row = prepare${name}(volts, seconds);`,
      ...indent([...plan.pairs].map(([node, pair]) => `const ${pair} = ${pairText(node, plan)};`)),
      ...loopLines([...loop.lines], { current, next, lower, upper }),
      '}',
    ],
  };
}

function outputsOf(model: Model, advance: string, polarity: Polarity): Outputs {
  const graph = new ExpressionGraph(polarity);
  const [v, x, dt] = [graph.input('v'), graph.input('x'), graph.input('dt')];
  const { roles } = model;
  return {
    current: inlineFunction(graph, model, roles.current, [v, x]),
    next: inlineFunction(graph, model, advance, [v, x, dt]),
    lower: inlineFunction(graph, model, roles.lowerBound, []),
    upper: inlineFunction(graph, model, roles.upperBound, []),
  };
}

interface SharingPlan {
  /** Computed once for a pulse, whatever the cells are; the position is the slot. */
  readonly shared: readonly { readonly node: GraphNode }[];
  /** Computed once where their parameters allow it; the slots go on from those of `shared`. */
  readonly guarded: readonly { readonly node: GraphNode; readonly flag: string; readonly slot: number }[];
  /** Names of what stands before the loop: what is shared, and numbers. */
  readonly pairs: ReadonlyMap<GraphNode, string>;
}

function planSharing(outputs: Outputs, mode: StripMode, strip: string): SharingPlan {
  const isShared = (node: GraphNode): boolean =>
    !node.inputs.has('x') && (mode === 'uniform' || node.parameters.size === 0);
  const before = new Set<GraphNode>();
  const guarded = new Set<GraphNode>();
  const visited = new Set<GraphNode>();
  const visit = (node: GraphNode): void => {
    if (visited.has(node)) {
      return;
    }
    visited.add(node);
    if (isShared(node)) {
      before.add(node);
      return;
    }
    if (isDear(node) && !node.inputs.has('x')) {
      guarded.add(node);
    }
    if (node.content.kind === 'operation') {
      node.content.operands.forEach(visit);
    }
  };
  Object.values(outputs).forEach((node: GraphNode) => {
    visit(node);
  });
  const shared = [...before].filter(({ content }) => content.kind !== 'number').map((node) => ({ node }));
  return {
    shared,
    guarded: [...guarded].map((node, index) => ({
      node,
      flag: `varies${strip}${index}`,
      slot: shared.length + index,
    })),
    pairs: new Map([...before].map((node, index) => [node, `s${index}`])),
  };
}

/** Two copies of a number, or of a value from the row of the pulse. */
function pairText(node: GraphNode, { shared }: SharingPlan): string {
  return node.content.kind === 'number'
    ? pairMachine.number(node.content.value)
    : slotPair(shared.findIndex((own) => own.node === node));
}

function slotPair(slot: number): string {
  return `v128.load64_splat(row, ${keyBytes + 8 * slot})`;
}

function scalarLeaf({ content }: GraphNode): Substitute {
  if (content.kind === 'number') {
    return { name: scalarMachine.number(content.value) };
  }
  if (content.kind === 'parameter') {
    return { name: `p_${content.name}` };
  }
  return content.kind === 'input' ? { name: content.name === 'v' ? 'volts' : 'seconds' } : undefined;
}

function pairLeaf(plan: SharingPlan): (node: GraphNode, code: StraightCode) => Substitute {
  const guards = new Map(plan.guarded.map((guard) => [guard.node, guard]));
  return (node, code) => {
    const { content } = node;
    if (content.kind === 'input') {
      return { name: 'x' };
    }
    if (content.kind === 'parameter') {
      const { name } = content;
      return { text: `pairAt(column_${name} + (at & own_${name}), column_${name} + (bt & own_${name}))` };
    }
    const guard = guards.get(node);
    if (guard === undefined) {
      return undefined;
    }
    const name = `t${node.id}`;
    const inner = code.inner();
    const text = inner.text(node);
    code.lines.push(`let ${name} = ${slotPair(guard.slot)};`, `if (${guard.flag}) {`);
    code.lines.push(...indent([...inner.lines, `${name} = ${text};`]), '}');
    return { name };
  };
}

function isTruth({ content }: GraphNode): boolean {
  return (
    content.kind === 'truth' ||
    (content.kind === 'operation' &&
      ['<', '<=', '>', '>=', '==', '!=', 'and', 'or', 'not'].includes(content.operation))
  );
}

/**
 * Pairs first; then, in the same code, an odd last cell in both lanes, of which one counts. A sum of the states vouches
 * for all of them: it is finite if they are.
 */
function loopLines(body: readonly string[], names: Readonly<Record<keyof Outputs, string>>): string[] {
  const offsets = body.some((line) => line.includes('(at &'))
    ? ['const at = a - states;', 'const bt = b - states;']
    : [];
  const cells = [
    'const b = a + apart;',
    ...offsets,
    'const x = pairAt(a, b);',
    ...body,
    `currents = f64x2.add(currents, ${names.current});`,
    `let next = ${names.next};`,
    'if (freeMasks != 0) {',
    '  next = v128.bitselect(next, x, pairAt(freeMasks + (a - states), freeMasks + (b - states)));',
    '}',
    'sums = f64x2.add(sums, next);',
    `storePair(a, b, f64x2.pmin(f64x2.pmax(next, ${names.lower}), ${names.upper}));`,
    'a = b + step;',
  ];
  return [
    '  let amperes: f64 = 0;',
    '  let a = states + first;',
    '  let end = a + step * (count & ~1);',
    '  let apart = step;',
    '  for (let round = 0; round < 2; round++) {',
    '    let currents = f64x2.splat(0);',
    '    let sums = f64x2.splat(0);',
    '    while (a < end) {',
    ...indent(indent(indent(cells))),
    '    }',
    '    currents = f64x2.add(currents, f64x2.sub(sums, sums));',
    '    amperes += f64x2.extract_lane(currents, 0);',
    '    if (round == 0) {',
    '      amperes += f64x2.extract_lane(currents, 1);',
    '    }',
    '    if ((count & 1) == 0) {',
    '      break;',
    '    }',
    '    apart = 0;',
    '    end = a + 1;',
    '  }',
    '  return amperes;',
  ];
}
