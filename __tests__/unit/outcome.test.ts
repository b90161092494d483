import { expect, test } from "@jest/globals";
import {
  AlreadyRunningError,
  followed,
  type Followed,
  InterruptedError,
  isFailure,
  type Outcome,
  wasInterrupted,
} from "../../src/go-live/outcome.ts";

const FOLLOWED: Followed = {
  origin: "started",
  reference: { id: "7", location: new URL("https://service.example/api/operations/7"), key: "7" },
};
const OPERATION = {
  status: "running",
  statusWord: "running",
  isKnownWord: true,
  messages: [],
  steps: [],
  liveLinks: [],
} as const;
const error = new Error("why");

const CASES: readonly {
  readonly outcome: Outcome;
  readonly fails: boolean;
  readonly isFollowed: boolean;
  readonly isCut: boolean;
}[] = [
  {
    outcome: { ...FOLLOWED, kind: "ended", status: "succeeded", operation: OPERATION },
    fails: false,
    isFollowed: true,
    isCut: false,
  },
  {
    outcome: { ...FOLLOWED, kind: "ended", status: "failed", operation: OPERATION },
    fails: true,
    isFollowed: true,
    isCut: false,
  },
  {
    outcome: { ...FOLLOWED, kind: "ended", status: "canceled", operation: OPERATION },
    fails: true,
    isFollowed: true,
    isCut: false,
  },
  {
    outcome: { ...FOLLOWED, kind: "underWay", status: "running", operation: undefined },
    fails: false,
    isFollowed: true,
    isCut: false,
  },
  {
    outcome: { ...FOLLOWED, kind: "deadline", status: "running", sighting: undefined, error },
    fails: true,
    isFollowed: true,
    isCut: false,
  },
  {
    outcome: { ...FOLLOWED, kind: "deadline", status: "running", sighting: undefined, error, isLeft: true },
    fails: false,
    isFollowed: true,
    isCut: false,
  },
  {
    outcome: { ...FOLLOWED, kind: "interrupted", status: "running", sighting: undefined },
    fails: true,
    isFollowed: true,
    isCut: true,
  },
  {
    outcome: { ...FOLLOWED, kind: "lost", status: "unknown", sighting: undefined, error },
    fails: true,
    isFollowed: true,
    isCut: false,
  },
  { outcome: { kind: "notStarted", status: "rejected", error }, fails: true, isFollowed: false, isCut: false },
  {
    outcome: { kind: "notStarted", status: "rejected", error: new InterruptedError() },
    fails: true,
    isFollowed: false,
    isCut: false,
  },
  { outcome: { kind: "unclear", status: "unknown", error }, fails: true, isFollowed: false, isCut: false },
  {
    outcome: { kind: "unclear", status: "unknown", error: new InterruptedError() },
    fails: true,
    isFollowed: false,
    isCut: true,
  },
];

test.each(CASES)(
  "$outcome.kind with status $outcome.status: fails the step ($fails)",
  ({ outcome, fails, isFollowed, isCut }) => {
    expect(isFailure(outcome)).toBe(fails);
    expect(followed(outcome)?.reference).toEqual(isFollowed ? FOLLOWED.reference : undefined);
    expect(wasInterrupted(outcome)).toBe(isCut);
  },
);

test("the errors of the action say what happened", () => {
  const offer = { publisherId: "contoso", offerId: "contoso-vm" };
  expect(new AlreadyRunningError(offer, FOLLOWED.reference)).toMatchObject({
    name: "AlreadyRunningError",
    message: "a go-live of contoso/contoso-vm is already running",
    offer,
    reference: FOLLOWED.reference,
  });
  expect(new InterruptedError()).toMatchObject({ name: "InterruptedError", message: "the run was cancelled" });
});
