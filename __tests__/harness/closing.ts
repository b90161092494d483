import { afterEach } from "@jest/globals";

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Has something closed when the test ends, however it ends. */
export function closeAfterTest(close: () => Promise<unknown>): void {
  open.push(close);
}
