// Matrices of float64 on a stack.

/** Where the next matrix is put; matrices are freed in reverse order. */
export let stack: usize = 0;

// @ts-ignore: decorator
@inline export function L(p: usize): v128 {
  return v128.load(p);
}

// @ts-ignore: decorator
@inline export function at(matrix: usize, line: i32, ld: i32, column: i32): usize {
  return matrix + ((<usize>line * <usize>ld + <usize>column) << 3);
}

// @ts-ignore: decorator
@inline export function allocate(bytes: usize): usize {
  const place = stack;
  stack = (stack + bytes + 127) & ~127;
  const missing = <i32>((stack + 65535) >> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return place;
}

/** Put the next matrix at a place; what lies behind is free. */
export function resetStack(place: usize): void {
  stack = place;
}
