import { SerialPort } from 'serialport';

/** One serial port that the system knows. */
export interface PortDescription {
  readonly path: string;
  readonly manufacturer?: string;
  readonly serialNumber?: string;
  /** USB vendor and product, hex. */
  readonly vendorId?: string;
  readonly productId?: string;
}

export interface PortListing {
  readonly ports: readonly PortDescription[];
  /** Why the system could not list its ports, or null. */
  readonly problem: string | null;
}

/**
 * List the serial ports. A system without the means to do so, such as a container without udev, is an answer of its
 * own and not an error: ports can still be named.
 */
export async function listPorts(): Promise<PortListing> {
  try {
    const ports = await SerialPort.list();
    return { ports: ports.map(describePort), problem: null };
  } catch (error) {
    return { ports: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

function describePort(port: Awaited<ReturnType<typeof SerialPort.list>>[number]): PortDescription {
  const { path, manufacturer, serialNumber, vendorId, productId } = port;
  return {
    path,
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(productId === undefined ? {} : { productId }),
  };
}
