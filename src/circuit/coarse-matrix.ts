import { BandMatrix } from './band-matrix.ts';
import type { GridAxis } from './grid-axis.ts';
import { innerResistance, type LineSet } from './line-set.ts';
import { endConductances, type LineMatrix } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';
import { TriDiagonal } from './tri-diagonal.ts';

/** Conductance matrix of a circuit whose node voltages are interpolated between knots: P^T A P. */
export class CoarseMatrix {
  readonly #scale: number;
  readonly #rows: GridAxis;
  readonly #columns: GridAxis;
  /** All but the cells. */
  readonly #wires: BandMatrix;
  readonly #factor: BandMatrix;
  readonly #form: TriDiagonal;
  readonly #forms: readonly [TriDiagonal, TriDiagonal, TriDiagonal];

  /**
   * @param scale - from siemens to the unit of the matrix
   * @param rows - over the word lines
   * @param columns - over the bit lines
   */
  constructor(system: NodalSystem, scale: number, rows: GridAxis, columns: GridAxis) {
    this.#scale = scale;
    this.#rows = rows;
    this.#columns = columns;
    const size = 2 * rows.knots.length * columns.knots.length;
    // A knot meets its eight neighbours, on both kinds of line.
    const reach = 2 * (columns.knots.length + 1) + 1;
    this.#wires = new BandMatrix(size, reach);
    this.#factor = new BandMatrix(size, reach);
    this.#form = new TriDiagonal(columns);
    this.#forms = [new TriDiagonal(columns), new TriDiagonal(columns), new TriDiagonal(columns)];
    this.#addWordLines(system);
    this.#addBitLines(system);
  }

  /** Number of the voltage at a knot, of the word line or of the bit line. */
  at(row: number, column: number, kind: 'word' | 'bit'): number {
    return 2 * (row * this.#columns.knots.length + column) + (kind === 'bit' ? 1 : 0);
  }

  get size(): number {
    return this.#wires.size;
  }

  /**
   * Factor the matrix for conductances of the cells.
   *
   * @param factor - from their unit to that of the matrix
   * @returns false where rounding has left no positive definite matrix
   */
  setConductances(conductances: LineMatrix, stride: number, factor: number): boolean {
    const matrix = this.#factor;
    matrix.copyFrom(this.#wires);
    this.#overRows(
      (row, form) => {
        form.addMass(conductances, row * stride, factor);
      },
      (a, b, form) => {
        this.#add(matrix, 'word', 'word', a, b, form, 1);
        this.#add(matrix, 'bit', 'bit', a, b, form, 1);
        this.#add(matrix, 'word', 'bit', a, b, form, -1);
        if (a !== b) {
          this.#add(matrix, 'bit', 'word', a, b, form, -1);
        }
      },
    );
    return matrix.factor();
  }

  /** Solve for the voltages at the knots from the currents into them, in place. */
  solve(currents: Float64Array): void {
    this.#factor.solve(currents);
  }

  #addWordLines({ words }: NodalSystem): void {
    const columns = this.#columns;
    const left = endConductances(words.first);
    const right = endConductances(words.last);
    this.#overRows(
      (row, form) => {
        for (let span = 0; span < columns.spans; span++) {
          const siemens = linksOf(words, row, columns.knots[span]!, columns.knots[span + 1]!);
          form.addDifference(span, (this.#scale * siemens) / columns.links(span) ** 2);
        }
        form.diagonal[0]! += this.#scale * left[row]!;
        form.diagonal[columns.spans]! += this.#scale * right[row]!;
      },
      (a, b, form) => {
        this.#add(this.#wires, 'word', 'word', a, b, form, 1);
      },
    );
  }

  #addBitLines({ bits }: NodalSystem): void {
    const rows = this.#rows;
    const form = this.#form;
    const siemens = new Float64Array(bits.lines);
    for (let span = 0; span < rows.spans; span++) {
      for (let bit = 0; bit < bits.lines; bit++) {
        siemens[bit] = linksOf(bits, bit, rows.knots[span]!, rows.knots[span + 1]!);
      }
      form.clear();
      form.addMass(siemens, 0, this.#scale / rows.links(span) ** 2);
      this.#add(this.#wires, 'bit', 'bit', span, span, form, 1);
      this.#add(this.#wires, 'bit', 'bit', span, span + 1, form, -1);
      this.#add(this.#wires, 'bit', 'bit', span + 1, span + 1, form, 1);
    }
    this.#addEnds(endConductances(bits.first), 0);
    this.#addEnds(endConductances(bits.last), rows.spans);
  }

  #addEnds(siemens: Float64Array, row: number): void {
    this.#form.clear();
    this.#form.addMass(siemens, 0, this.#scale);
    this.#add(this.#wires, 'bit', 'bit', row, row, this.#form, 1);
  }

  /** Interpolate between rows of knots what each row of nodes adds. */
  #overRows(
    enter: (row: number, form: TriDiagonal) => void,
    add: (a: number, b: number, form: TriDiagonal) => void,
  ): void {
    const rows = this.#rows;
    const [own, mixed, next] = this.#forms;
    for (let span = 0; span < rows.spans; span++) {
      for (const form of this.#forms) {
        form.clear();
      }
      for (let row = rows.knots[span]!; row < rows.end(span); row++) {
        const share = rows.shares[row]!;
        this.#form.clear();
        enter(row, this.#form);
        own.addScaled(this.#form, (1 - share) ** 2);
        mixed.addScaled(this.#form, share * (1 - share));
        next.addScaled(this.#form, share ** 2);
      }
      add(span, span, own);
      add(span, span + 1, mixed);
      add(span + 1, span + 1, next);
    }
  }

  /** Add a form between two rows of knots. */
  #add(
    matrix: BandMatrix,
    kindA: 'word' | 'bit',
    kindB: 'word' | 'bit',
    a: number,
    b: number,
    { diagonal, beside }: TriDiagonal,
    factor: number,
  ): void {
    diagonal.forEach((value, column) => {
      matrix.add(this.at(a, column, kindA), this.at(b, column, kindB), factor * value);
    });
    const isOwn = a === b && kindA === kindB;
    beside.forEach((value, span) => {
      matrix.add(this.at(a, span, kindA), this.at(b, span + 1, kindB), factor * value);
      if (!isOwn) {
        matrix.add(this.at(a, span + 1, kindA), this.at(b, span, kindB), factor * value);
      }
    });
  }
}

/** Sum of the conductances of the links between two nodes of a line. */
function linksOf(set: LineSet, line: number, from: number, to: number): number {
  if (typeof set.segments === 'number') {
    return (to - from) / set.segments;
  }
  let siemens = 0;
  for (let link = from + 1; link <= to; link++) {
    siemens += 1 / innerResistance(set, line, link);
  }
  return siemens;
}
