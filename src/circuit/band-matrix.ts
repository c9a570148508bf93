/** A symmetric matrix whose elements lie near the diagonal, and its solution by Cholesky's method. */
export class BandMatrix {
  readonly size: number;
  /** Distance of the farthest element from the diagonal. */
  readonly reach: number;
  /** Lower triangle: element (row, column) at (row + 1) * reach + column. */
  readonly #values: Float64Array;

  constructor(size: number, reach: number) {
    this.size = size;
    this.reach = reach;
    this.#values = new Float64Array(size * (reach + 1));
  }

  /** Add to an element and to its mirror image. */
  add(row: number, column: number, value: number): void {
    this.#values[(Math.max(row, column) + 1) * this.reach + Math.min(row, column)]! += value;
  }

  /** Take the elements of another matrix of the same shape. */
  copyFrom(other: BandMatrix): void {
    this.#values.set(other.#values);
  }

  /** Replace the matrix by its Cholesky factor; returns false where it is not positive definite. */
  factor(): boolean {
    const { size, reach } = this;
    const values = this.#values;
    for (let row = 0; row < size; row++) {
      const own = (row + 1) * reach;
      const first = Math.max(0, row - reach);
      for (let column = first; column <= row; column++) {
        const other = (column + 1) * reach;
        let value = values[own + column]!;
        for (let k = Math.max(first, column - reach); k < column; k++) {
          value -= values[own + k]! * values[other + k]!;
        }
        if (column < row) {
          values[own + column] = value / values[other + column]!;
        } else if (value > 0 && value < Infinity) {
          values[own + row] = Math.sqrt(value);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  /** Solve for a vector, in place, with the factor. */
  solve(vector: Float64Array): void {
    const { size, reach } = this;
    const values = this.#values;
    for (let row = 0; row < size; row++) {
      const own = (row + 1) * reach;
      let value = vector[row]!;
      for (let k = Math.max(0, row - reach); k < row; k++) {
        value -= values[own + k]! * vector[k]!;
      }
      vector[row] = value / values[own + row]!;
    }
    for (let row = size - 1; row >= 0; row--) {
      const own = (row + 1) * reach;
      const value = vector[row]! / values[own + row]!;
      vector[row] = value;
      for (let k = Math.max(0, row - reach); k < row; k++) {
        vector[k]! -= values[own + k]! * value;
      }
    }
  }
}
