import { timeTicks, voltageCode } from './codes.ts';
import { decodeReply, encodeRequest } from './packet.ts';

/**
 * The packets of the 4K HETU array's controller, to write requests and read replies. They travel over TCP; nothing here
 * opens a connection.
 *
 * @example
 * hetu.encodeRequest({ command: 'readAll', parameters: [1, 0], payload: new Uint8Array() }).length; // 7
 */
export const hetu = { encodeRequest, decodeReply, voltageCode, timeTicks } as const;
