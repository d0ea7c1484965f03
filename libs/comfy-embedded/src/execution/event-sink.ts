import type { JsonObject } from '../json/json-value.ts';

/** Sends an event to the socket of one client, or to all sockets if `clientId` is null. */
export type EventSink = (event: string, data: JsonObject, clientId: string | null) => void;
