// Sums over the cells of bit lines: tiles of inputs times panels of conductances. Every sum runs over the words in rising
// order; those of one row begin at 0, those of tiles go on from where the block before left them.

// @ts-ignore: decorator
@inline function load4(p: usize): v128 { return v128.load(p); }

// @ts-ignore: decorator
@inline function splat4(p: usize): v128 { return v128.load32_splat(p); }

// @ts-ignore: decorator
@inline function addProduct(sum: v128, a: v128, b: v128): v128 { return f32x4.add(sum, f32x4.mul(a, b)); }

/** Four rows times a panel. */
// @ts-ignore: decorator
@inline
export function addTile(q: usize, p: usize, words: i32, sums: usize): void {
  let a0 = load4(sums), a1 = load4(sums + 16), b0 = load4(sums + 32), b1 = load4(sums + 48);
  let c0 = load4(sums + 64), c1 = load4(sums + 80), d0 = load4(sums + 96), d1 = load4(sums + 112);
  const end = p + (<usize>words << 5);
  while (p < end) {
    const g0 = load4(p), g1 = load4(p + 16);
    let x = splat4(q);
    a0 = addProduct(a0, x, g0); a1 = addProduct(a1, x, g1);
    x = splat4(q + 4);
    b0 = addProduct(b0, x, g0); b1 = addProduct(b1, x, g1);
    x = splat4(q + 8);
    c0 = addProduct(c0, x, g0); c1 = addProduct(c1, x, g1);
    x = splat4(q + 12);
    d0 = addProduct(d0, x, g0); d1 = addProduct(d1, x, g1);
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(sums, c0, 64); v128.store(sums, c1, 80); v128.store(sums, d0, 96); v128.store(sums, d1, 112);
}

/** Two rows of a tile times a panel, with the squares of the cells' currents. */
// @ts-ignore: decorator
@inline
export function addSquaredPair(q: usize, p: usize, words: i32, sums: usize, squares: usize): void {
  let a0 = load4(sums), a1 = load4(sums + 16), b0 = load4(sums + 32), b1 = load4(sums + 48);
  let s0 = load4(squares), s1 = load4(squares + 16), r0 = load4(squares + 32), r1 = load4(squares + 48);
  const end = p + (<usize>words << 5);
  while (p < end) {
    const g0 = load4(p), g1 = load4(p + 16);
    let x = splat4(q);
    let t = f32x4.mul(x, g0);
    a0 = f32x4.add(a0, t); s0 = addProduct(s0, t, t);
    t = f32x4.mul(x, g1);
    a1 = f32x4.add(a1, t); s1 = addProduct(s1, t, t);
    x = splat4(q + 4);
    t = f32x4.mul(x, g0);
    b0 = f32x4.add(b0, t); r0 = addProduct(r0, t, t);
    t = f32x4.mul(x, g1);
    b1 = f32x4.add(b1, t); r1 = addProduct(r1, t, t);
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(squares, s0); v128.store(squares, s1, 16); v128.store(squares, r0, 32); v128.store(squares, r1, 48);
}

/** One row times four panels, `pitch` bytes apart. */
export function addFourPanels(q: usize, p: usize, pitch: usize, sums: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  const end = p + pitch;
  const second = pitch, third = pitch << 1, fourth = second + third;
  while (p < end) {
    const x = load4(q);
    a0 = addProduct(a0, x, load4(p)); a1 = addProduct(a1, x, load4(p + 16));
    b0 = addProduct(b0, x, load4(p + second)); b1 = addProduct(b1, x, load4(p + second + 16));
    c0 = addProduct(c0, x, load4(p + third)); c1 = addProduct(c1, x, load4(p + third + 16));
    d0 = addProduct(d0, x, load4(p + fourth)); d1 = addProduct(d1, x, load4(p + fourth + 16));
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(sums, c0, 64); v128.store(sums, c1, 80); v128.store(sums, d0, 96); v128.store(sums, d1, 112);
}

/** One row times two panels, `pitch` bytes apart, with the squares of the cells' currents. */
export function addTwoPanelsSquared(q: usize, p: usize, pitch: usize, sums: usize, squares: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, s0 = a0, s1 = a0, r0 = a0, r1 = a0;
  const end = p + pitch;
  while (p < end) {
    const x = load4(q);
    let t = f32x4.mul(x, load4(p));
    a0 = f32x4.add(a0, t); s0 = addProduct(s0, t, t);
    t = f32x4.mul(x, load4(p + 16));
    a1 = f32x4.add(a1, t); s1 = addProduct(s1, t, t);
    t = f32x4.mul(x, load4(p + pitch));
    b0 = f32x4.add(b0, t); r0 = addProduct(r0, t, t);
    t = f32x4.mul(x, load4(p + pitch + 16));
    b1 = f32x4.add(b1, t); r1 = addProduct(r1, t, t);
    p += 32;
    q += 16;
  }
  v128.store(sums, a0); v128.store(sums, a1, 16); v128.store(sums, b0, 32); v128.store(sums, b1, 48);
  v128.store(squares, s0); v128.store(squares, s1, 16); v128.store(squares, r0, 32); v128.store(squares, r1, 48);
}
