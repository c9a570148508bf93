/**
 * Average square blocks of an image.
 *
 * @param pixels - [side x side], row-major
 * @param block - side of the blocks; divides `side`
 * @returns [side/block x side/block]
 */
export function averagePool(pixels: Float64Array, side: number, block: number): Float64Array {
  const pooledSide = side / block;
  const pooled = new Float64Array(pooledSide ** 2);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      pooled[Math.floor(y / block) * pooledSide + Math.floor(x / block)]! +=
        pixels[y * side + x]! / block ** 2;
    }
  }
  return pooled;
}
