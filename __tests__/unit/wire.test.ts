import { expect, test } from "@jest/globals";
import { watchWire } from "../../src/identity/wire.ts";

type Policy = ReturnType<typeof watchWire>["policy"]["policy"];
type PipelineRequest = Parameters<Policy["sendRequest"]>[0];
type Next = Parameters<Policy["sendRequest"]>[1];
type PipelineResponse = Awaited<ReturnType<Next>>;

/** A request of the library's, as far as the wire looks at it. */
function request(method: string): PipelineRequest {
  return { method, url: "https://login.example/token?secret=1" } as PipelineRequest;
}

function answering(answer: Partial<PipelineResponse>): Next {
  return () => Promise.resolve(answer as PipelineResponse);
}

test("passes a request on with its own signal, and keeps the answer, without the query", async () => {
  const { signal } = new AbortController();
  const wire = watchWire(signal);
  expect(wire.policy.position).toBe("perCall");
  expect(wire.last()).toBeUndefined();
  const sent = request("POST");
  const answer = { status: 400, bodyAsText: "no" };
  const answered = await wire.policy.policy.sendRequest(sent, (passed) => {
    expect(passed).toBe(sent);
    expect(passed.abortSignal).toBe(signal);
    return answering(answer)(passed);
  });
  expect(answered).toBe(answer);
  expect(wire.last()).toEqual({
    request: { method: "POST", url: "https://login.example/token" },
    status: 400,
    body: "no",
  });
});

test("keeps the last answer only, and an empty body as none", async () => {
  const wire = watchWire(new AbortController().signal);
  await wire.policy.policy.sendRequest(request("POST"), answering({ status: 500, bodyAsText: "x" }));
  await wire.policy.policy.sendRequest(request("GET"), answering({ status: 200 }));
  expect(wire.last()).toEqual({
    request: { method: "GET", url: "https://login.example/token" },
    status: 200,
    body: "",
  });
});

test("keeps an error in place of an answer, and lets the library see it", async () => {
  const wire = watchWire(new AbortController().signal);
  const error = new Error("broken");
  const asked = wire.policy.policy.sendRequest(request("GET"), () => Promise.reject(error));
  await expect(asked).rejects.toBe(error);
  expect(wire.last()).toEqual({ request: { method: "GET", url: "https://login.example/token" }, error });
});
