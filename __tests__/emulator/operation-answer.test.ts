import { expect, test } from "@jest/globals";
import { openEmulator, VERSION } from "../harness/emulator-client.ts";

const { advance, ask, begin, beginWith, goLive, goLives, list, operation, statusOf } = openEmulator();

const SHARED = `/api/operations/contoso$contoso-vm$2$preview${VERSION}`;

/** The new go-live, as its own address answers it. */
const read = () => operation(goLives()[0]?.id);

const readShared = async (): Promise<unknown> => (await ask("GET", SHARED)).body;

test("an operation can name its id, or no id", async () => {
  await goLive();
  expect((await read()).body).not.toHaveProperty("id");
  begin({ behaviour: { operationId: "own" } });
  await goLive();
  expect((await read()).body.id).toBe(goLives()[0]?.id);
});

test.each(["object", "array"] as const)("the operation before can be answered instead, as %s", async (body) => {
  begin({ behaviour: { operationId: "other", body } });
  const preview = (await list()).body[0].id;
  await goLive();
  const answer = (await read()).body;
  expect(body === "array" ? answer[0] : answer).toMatchObject({ id: preview, status: "completed", liveLinks: [] });
});

test("the only operation can be answered under another id", async () => {
  beginWith({ history: [] }, { behaviour: { operationId: "other" } });
  await goLive();
  const { body } = await read();
  expect(body.status).toBe("running");
  expect(body.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(body.id).not.toBe(goLives()[0]?.id);
});

test.each([
  ["complete", 100, 1],
  ["failed", 0, 0],
  ["notStarted", 0, 0],
] as const)("a success can come with a last step that is %s", async (liveStepAtEnd, progressPercentage, messages) => {
  begin({ behaviour: { liveStepAtEnd } });
  await goLive();
  advance(59_999);
  expect((await read()).body.steps.at(-1)).toMatchObject({ id: "live", status: "inProgress" });
  advance(1);
  const { body } = await read();
  expect(body).toMatchObject({ status: "completed" });
  expect(body.steps.at(-1)).toMatchObject({ id: "live", status: liveStepAtEnd, progressPercentage });
  expect(body.steps.at(-1).messages).toHaveLength(messages);
});

test("a success without steps stays without", async () => {
  beginWith({ goLive: { durationMs: 0, steps: [] } }, { behaviour: { liveStepAtEnd: "failed" } });
  await goLive();
  expect((await read()).body).toMatchObject({ status: "completed", steps: [] });
});

test("the address that names the offer can show the preview's success for a while, or for ever", async () => {
  begin({ behaviour: { location: "notMigrated", sharedShowsPreviewMs: 90_000, operationId: "own" } });
  const preview = (await list()).body[0].id;
  expect(await readShared()).toMatchObject({ id: preview, status: "completed" });
  await goLive();
  advance(89_999);
  expect(await readShared()).toMatchObject({ id: preview, status: "completed", liveLinks: [] });
  advance(1);
  expect(await readShared()).toMatchObject({ id: goLives()[0]?.id, status: "completed" });
  beginWith({ state: "live" }, { behaviour: { sharedShowsPreviewMs: Infinity } });
  expect(await readShared()).toMatchObject({ status: "completed", liveLinks: [] });
});

test("the address that names the offer shows no preview by default", async () => {
  expect((await ask("GET", SHARED)).status).toBe(404);
});

test("a publish to preview can be read by its id", async () => {
  const [{ id, slot }] = (await list()).body;
  expect(slot).toBe("staging");
  expect((await operation(id)).body).toMatchObject({ status: "completed", liveLinks: [], previewLinks: [{}] });
});

test("a new operation can be missing at its own address for ever, while the list shows its end", async () => {
  begin({ behaviour: { operationLagMs: Infinity } });
  await goLive();
  advance(1e12);
  expect((await read()).status).toBe(404);
  expect((await list()).body[0]).toMatchObject({ id: goLives()[0]?.id, submissionState: "completed" });
  expect(statusOf(goLives()[0]?.id ?? "")).toBe("succeeded");
});
