import { describe, expect, test } from 'vitest';
import { ExpressionGraph, type GraphNode, inlineFunction, isDear } from '../../../hdl-gen/simplify.ts';
import { readBuiltIn, readChanged } from './model-files.ts';

function nodesOf(root: GraphNode): Set<GraphNode> {
  const found = new Set<GraphNode>();
  const visit = (node: GraphNode): void => {
    if (!found.has(node)) {
      found.add(node);
      if (node.content.kind === 'operation') {
        node.content.operands.forEach(visit);
      }
    }
  };
  visit(root);
  return found;
}

/** `advance` of a model, written out over v, x and dt. */
function advanceOf(model: ReturnType<typeof readBuiltIn>, polarity?: 1 | -1): GraphNode {
  const graph = new ExpressionGraph(polarity);
  const inputs = ['v', 'x', 'dt'].map((name) => graph.input(name));
  return inlineFunction(graph, model, 'advance', inputs);
}

function count(nodes: Iterable<GraphNode>, operation: string): number {
  return [...nodes].filter(({ content }) => content.kind === 'operation' && content.operation === operation)
    .length;
}

describe('equations written out as a graph', () => {
  test('hold what is written twice once', () => {
    const twice = readChanged('vteam', [
      'return x + rate(v, x, p) * dt;',
      'return x * (Math.exp(v / p.vOff) + Math.exp(v / p.vOff));',
    ]);
    expect(count(nodesOf(advanceOf(twice)), 'exp')).toBe(1);
    expect(count(nodesOf(advanceOf(twice)), '/')).toBe(1);
  });

  test('know what depends on the state, and what a pulse has in common', () => {
    const nodes = [...nodesOf(advanceOf(readBuiltIn('data-driven-2016')))];
    const dear = nodes.filter(isDear);
    expect(dear.length).toBeGreaterThan(0);
    expect(dear.filter(({ inputs }) => inputs.has('x'))).toEqual([]);
    const exponential = dear.find(({ parameters }) => parameters.has('tP'))!;
    expect([...exponential.inputs]).toEqual(['v']);
    const root = advanceOf(readBuiltIn('data-driven-2016'));
    expect([...root.inputs].sort()).toEqual(['dt', 'v', 'x']);
  });

  test('lose the branch that the sign of the voltage excludes', () => {
    const model = readBuiltIn('data-driven-2016');
    expect(advanceOf(model).parameters).toContain('a0N');
    expect(advanceOf(model, 1).parameters).not.toContain('a0N');
    expect(advanceOf(model, 1).parameters).toContain('a0P');
    expect(advanceOf(model, -1).parameters).not.toContain('a0P');
  });

  test.each([
    ['v > 0', 1, 'rOn'],
    ['0 < v', 1, 'rOn'],
    ['v >= 0', 1, 'rOn'],
    ['v <= 0', 1, 'rOff'],
    ['v < 0', 1, 'rOff'],
    ['!(v > 0)', 1, 'rOff'],
    ['v > 0 && v <= 0', 1, 'rOff'],
    ['v > 0 || x > p.xOn', 1, 'rOn'],
    ['v > 0', -1, 'rOff'],
    ['0 >= v', -1, 'rOn'],
  ] as const)('decide %s for polarity %i', (condition, polarity, taken) => {
    const model = readChanged('vteam', [
      'return x + rate(v, x, p) * dt;',
      `return ${condition} ? x * p.rOn / p.rOff / 2 * 0 + x * (p.rOn - p.rOn) : x;`,
    ]);
    const { parameters } = advanceOf(model, polarity);
    expect(parameters.has('rOn')).toBe(taken === 'rOn');
  });

  test.each(['v >= 0', 'v < 0'])('leave %s open at other voltages, 0 V among them', (condition) => {
    const model = readChanged('vteam', [
      'return x + rate(v, x, p) * dt;',
      `return ${condition} ? x : 2 * x;`,
    ]);
    expect(count(nodesOf(advanceOf(model, -1)), 'choice')).toBe(1);
  });
});
