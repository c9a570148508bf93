/**
 * CRC-16/MODBUS: polynomial 0x8005 reflected, start 0xffff.
 *
 * @example
 * crc16Modbus(new TextEncoder().encode('123456789')); // 0x4b37
 */
export function crc16Modbus(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xa001 : 0);
    }
  }
  return crc;
}
