import { afterAll, afterEach } from "@jest/globals";

const open: (() => Promise<unknown>)[] = [];

afterEach(closeAll);
// Nothing runs after a test that ran beside others.
afterAll(closeAll);

/** Has something closed when the test ends, however it ends. */
export function closeAfterTest(close: () => Promise<unknown>): void {
  open.push(close);
}

async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()));
}
