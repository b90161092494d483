import { once } from "node:events";
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Answer, type Headers, refusal } from "./answer.ts";
import type { EmulatorClock } from "./clock.ts";
import type { BreakingPoint, FaultAct } from "./fault.ts";
import { jsonLookingText } from "./huge-text.ts";
import type { RecordAnswer } from "./journal.ts";
import { packedAnswer } from "./packed-answer.ts";

/** Where an answer goes, and who is told. */
export interface Delivery {
  readonly response: ServerResponse;
  /** The TCP connection below, also when TLS lies between. */
  readonly socket: Socket;
  readonly clock: EmulatorClock;
  readonly record: RecordAnswer;
}

/** Sends an answer, or what the fault makes of it. Resolves when nothing more will be sent. */
export async function deliver(truth: Answer, act: FaultAct | undefined, delivery: Delivery): Promise<void> {
  if (act === undefined) return sendWhole(truth, delivery);
  switch (act.kind) {
    case "status":
      return sendWhole(otherStatus(truth, act.status, act.headers, act.body), delivery);
    case "reset":
      return breakOff(truth, act.at, delivery, "reset");
    case "close":
      return breakOff(truth, act.at, delivery, "closed");
    case "stall":
      return stall(truth, act.at, delivery);
    case "delay":
      return delay(truth, act.durationMs, delivery);
    case "garbage":
      return sendWhole(garble(truth, act), delivery);
    case "truncate":
      return sendWhole({ ...truth, body: Buffer.from(truth.body).subarray(0, act.keepBytes) }, delivery);
    case "huge":
      return sendHuge(truth, act.bytes, delivery);
    case "redirect":
      return sendWhole(otherStatus(truth, act.status ?? 302, { location: act.to }, ""), delivery);
    case "raw":
      return sendRaw(act.bytes, delivery);
    case "interim":
      return sendInterim(truth, act.statuses, delivery);
    case "packed":
      return sendWhole(packedAnswer(truth, act), delivery);
    case "headers":
      return sendWhole(changeHeaders(truth, act.set, act.remove), delivery);
  }
}

/** An answer that can be sent whole. */
export interface Sendable {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
  /** Lower-case names of headers that are not sent, not even those Node adds by itself. */
  readonly removed?: readonly string[];
}

/** The headers that every answer carries: its content type, and the ids of the request by whatever name. */
const commonHeader = /^(?:content-type|x-ms-.*|(?:client-)?request-id)$/;

/** Only what every answer carries stays of the true headers: a gateway's answer knows nothing of the service's. */
function otherStatus(truth: Answer, status: number, headers: Headers = {}, body?: string): Sendable {
  const common = Object.entries(truth.headers).filter(([name]) => commonHeader.test(name));
  const text = body ?? refusal(status, `Emulated${status}`, `The emulator was told to answer ${status}.`).body;
  return { status, headers: { ...Object.fromEntries(common), ...lowerCaseNames(headers) }, body: text };
}

function garble(truth: Answer, act: Extract<FaultAct, { kind: "garbage" }>): Sendable {
  const headers = act.contentType === undefined ? {} : { "content-type": act.contentType };
  return { status: act.status ?? truth.status, headers: { ...truth.headers, ...headers }, body: act.body };
}

function changeHeaders(truth: Answer, set: Headers = {}, remove: readonly string[] = []): Sendable {
  const removed = remove.map((name) => name.toLowerCase());
  const kept = Object.entries(truth.headers).filter(([name]) => !removed.includes(name));
  return { ...truth, headers: { ...Object.fromEntries(kept), ...lowerCaseNames(set) }, removed };
}

function lowerCaseNames(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function prepare({ status, headers, removed = [] }: Sendable, { response }: Delivery): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Node writes these without being told to; removing them beforehand keeps it from that.
  for (const name of removed) if (headers[name] === undefined) response.removeHeader(name);
}

function sendWhole(answer: Sendable, delivery: Delivery): void {
  prepare(answer, delivery);
  delivery.record(answer.status);
  delivery.response.end(answer.body);
}

async function sendHuge(truth: Answer, bytes: number, delivery: Delivery): Promise<void> {
  prepare(truth, delivery);
  delivery.record(truth.status);
  // A pipeline fails when the client goes, which is what a client is to do.
  await pipeline(Readable.from(jsonLookingText(bytes)), delivery.response).catch(() => undefined);
}

function sendRaw(bytes: string, { response, record }: Delivery): void {
  record("raw");
  // Past the response, but through TLS where there is any.
  response.socket?.end(Buffer.from(bytes, "latin1"));
}

function sendInterim(truth: Answer, statuses: readonly number[], delivery: Delivery): void {
  for (const status of statuses) delivery.response.socket?.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n\r\n`);
  sendWhole(truth, delivery);
}

async function breakOff(truth: Answer, at: BreakingPoint, delivery: Delivery, how: "reset" | "closed"): Promise<void> {
  delivery.record(how);
  await sendUpTo(truth, at, delivery);
  if (how === "reset") delivery.socket.resetAndDestroy();
  else delivery.response.socket?.destroySoon();
}

async function stall(truth: Answer, at: "headers" | "body", delivery: Delivery): Promise<void> {
  delivery.record("stalled");
  await sendUpTo(truth, at === "headers" ? "request" : "body", delivery);
  await sleepWhileConnected(Infinity, delivery);
}

async function delay(truth: Answer, durationMs: number, delivery: Delivery): Promise<void> {
  await sleepWhileConnected(durationMs, delivery);
  if (delivery.socket.destroyed) delivery.record("abandoned");
  else sendWhole(truth, delivery);
}

async function sendUpTo(truth: Answer, at: BreakingPoint, delivery: Delivery): Promise<void> {
  if (at === "request") return;
  // An answer without a body gets one here, or there would be no middle to break off in.
  const body = Buffer.from(truth.body === "" ? "{}" : truth.body);
  prepare({ ...truth, headers: { ...truth.headers, "content-length": String(body.length) } }, delivery);
  delivery.response.flushHeaders();
  if (at === "body") delivery.response.write(body.subarray(0, Math.ceil(body.length / 2)));
  // What is written goes to the operating system at the end of this turn; a reset before would take it back.
  await nextTurn();
}

async function sleepWhileConnected(durationMs: number, { clock, socket }: Delivery): Promise<void> {
  if (socket.destroyed) return;
  const waiting = new AbortController();
  const gone = once(socket, "close", { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([clock.sleep(durationMs), gone]);
  waiting.abort();
}
