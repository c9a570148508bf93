/**
 * The learning rule Adagrad on parameters that are held in [0, 1]: every parameter has its own rate, which falls with
 * the squares of its gradients.
 *
 *   a <- a + g^2,  x <- clamp(x - eta g / (sqrt(a) + epsilon))
 *
 * @source J. Duchi, E. Hazan, Y. Singer, J. Mach. Learn. Res. 12, 2121 (2011), the diagonal form
 * @example
 * const rule = new BoundedAdagrad(1, 0.05);
 * const weights = new Float32Array([0.5]);
 * rule.step(weights, 0, 3); // the first step has the size of the rate whatever the gradient
 * weights[0]; // 0.45
 */
export class BoundedAdagrad {
  readonly #squares: Float32Array;
  readonly #rate: number;

  /** @param parameters - number of parameters */
  constructor(parameters: number, rate: number) {
    this.#squares = new Float32Array(parameters);
    this.#rate = rate;
  }

  /** Move one parameter against its gradient. */
  step(parameters: Float32Array | Float64Array, index: number, gradient: number): void {
    parameters[index] = clamp(parameters[index]! - this.change(index, gradient));
  }

  /** Take note of one gradient and return what is to be subtracted from its parameter. */
  change(index: number, gradient: number): number {
    const squares = this.#squares[index]! + gradient * gradient;
    this.#squares[index] = squares;
    return (this.#rate * gradient) / (Math.sqrt(squares) + epsilon);
  }

  /**
   * Move a row of parameters against gradients that are multiples of one vector.
   *
   * @param first - index of the row's first parameter
   * @param direction - [row]
   * @param factor - by which the direction is multiplied
   */
  stepRow(parameters: Float32Array, first: number, direction: Float64Array, factor: number): void {
    const squares = this.#squares;
    const rate = this.#rate;
    for (let k = 0, index = first; k < direction.length; k++, index++) {
      const gradient = factor * direction[k]!;
      const sum = squares[index]! + gradient * gradient;
      squares[index] = sum;
      parameters[index] = clamp(parameters[index]! - (rate * gradient) / (Math.sqrt(sum) + epsilon));
    }
  }
}

const epsilon = 1e-10;

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
