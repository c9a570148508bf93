/** How a serial line is set for a controller. */
export interface LineSettings {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
  readonly flowControl: 'none' | 'rts-cts' | 'xon-xoff';
  /** Levels of the modem lines once open; left as the system sets them if left out, or where the line has none. */
  readonly modemLines?: { readonly dtr: boolean; readonly rts: boolean };
}
