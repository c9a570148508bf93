import type { MathName } from './function-table.ts';
import type { Block, Condition, Expression, Model } from './ir.ts';

/** Visit every expression of a block, operands after their operator. */
export function walkBlock({ locals, end }: Block, visit: (node: Expression) => void): void {
  for (const { value } of locals) {
    walkExpression(value, visit);
  }
  if (end.kind === 'result') {
    walkExpression(end.value, visit);
  } else {
    walkCondition(end.condition, visit);
    walkBlock(end.whenTrue, visit);
    walkBlock(end.whenFalse, visit);
  }
}

function walkExpression(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  switch (node.kind) {
    case 'negation':
      walkExpression(node.operand, visit);
      break;
    case 'arithmetic':
      walkExpression(node.left, visit);
      walkExpression(node.right, visit);
      break;
    case 'choice':
      walkCondition(node.condition, visit);
      walkExpression(node.whenTrue, visit);
      walkExpression(node.whenFalse, visit);
      break;
    case 'math':
    case 'call':
      for (const operand of node.operands) {
        walkExpression(operand, visit);
      }
      break;
    case 'number':
    case 'constant':
    case 'argument':
    case 'local':
    case 'parameter':
      break;
  }
}

function walkCondition(node: Condition, visit: (node: Expression) => void): void {
  if (node.kind === 'comparison') {
    walkExpression(node.left, visit);
    walkExpression(node.right, visit);
  } else if (node.kind === 'not') {
    walkCondition(node.operand, visit);
  } else {
    walkCondition(node.left, visit);
    walkCondition(node.right, visit);
  }
}

/** Names of the arguments that a block refers to. */
export function usedArguments(block: Block): ReadonlySet<string> {
  const used = new Set<string>();
  walkBlock(block, (node) => {
    if (node.kind === 'argument') {
      used.add(node.name);
    }
  });
  return used;
}

/** Mathematical functions that a model calls. */
export function usedMath(model: Model): ReadonlySet<MathName> {
  const used = new Set<MathName>();
  for (const { body } of model.functions) {
    walkBlock(body, (node) => {
      if (node.kind === 'math') {
        used.add(node.name);
      }
    });
  }
  return used;
}
