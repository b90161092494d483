/**
 * A service in a thread of its own, so that its memory is not counted: it takes a go-live and never ends it, says so in
 * the list and in the offer's status too, and every so many questions after it something goes wrong. Posts its port
 * when it listens.
 */
import { createServer, type ServerResponse } from "node:http";
import { parentPort } from "node:worker_threads";

const OPERATION = JSON.stringify({
  id: "operation-1",
  submissionType: "GoLive",
  status: "running",
  steps: Array.from({ length: 8 }, (_, index) => ({
    stepName: `step-${index}`,
    id: `step-${index}`,
    status: index < 3 ? "succeeded" : "running",
    progressPercentage: index < 3 ? 100 : 40,
    estimatedTimeFrame: "~2-5 days",
    messages: [{ messageHtml: "<p>At work on <b>this</b> step.</p>", level: "information" }],
  })),
});

const ENTRY = JSON.stringify([
  { id: "operation-1", submissionType: "GoLive", submissionState: "running", slot: "production" },
]);

type Answer = (response: ServerResponse) => unknown;

/** What goes wrong at every so many questions; the first that fits. */
const FAULTS: readonly (readonly [every: number, answer: Answer])[] = [
  [97, (response) => response.writeHead(401).end("{}")],
  [17, (response) => response.writeHead(503, { "retry-after": "90" }).end()],
  [13, (response) => response.writeHead(200, { "content-length": "9999" }).write("{", () => response.destroy())],
  [11, (response) => response.writeHead(502).end("<html><title>Bad Gateway</title></html>")],
  [7, (response) => response.destroy()],
];

let isTaken = false;
let questions = 0;
const server = createServer((request, response) => {
  request.resume();
  if (request.url?.includes("/submissions/")) return response.end(isTaken ? ENTRY : "[]");
  if (request.url?.includes("/contoso-vm/status")) {
    return response.end(JSON.stringify({ status: isTaken ? "running" : "waitingForPublisherReview", steps: [] }));
  }
  if (request.method === "POST") {
    isTaken = true;
    const location = new URL(
      "/api/publishers/contoso/offers/contoso-vm/operations/operation-1",
      `http://${request.headers.host}`,
    );
    return response.writeHead(202, { "operation-location": location.href }).end();
  }
  questions += 1;
  const fault = FAULTS.find(([every]) => questions % every === 0);
  return fault === undefined ? response.end(OPERATION) : fault[1](response);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
  parentPort?.postMessage(typeof address === "object" ? address?.port : undefined);
});
