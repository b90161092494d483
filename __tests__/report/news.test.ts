import { expect, test } from "@jest/globals";
import { createNews } from "../../src/report/news.ts";
import { message, operation, step } from "../harness/operation.ts";

const slow = message("warning", "Slow\ntoday.");

test("tells new messages once, below the name of their step", () => {
  const read = createNews();
  const certify = step({ name: "Certification", messages: [message("information", "Begun."), slow] });
  expect(read(operation({ messages: [message("information", "Hello.")], steps: [certify] })).lines).toEqual([
    "  The go-live as a whole",
    "    information: Hello.",
    "  “Certification” (running)",
    "    information: Begun.",
    "    warning: Slow today.",
  ]);
  expect(read(operation({ steps: [certify] }))).toEqual({ lines: [], warnings: [] });
  const more = { ...certify, status: "succeeded", messages: [slow, message("information", "Done.")] } as const;
  expect(read(operation({ steps: [more] })).lines).toEqual(["  “Certification” (succeeded)", "    information: Done."]);
  expect(read(operation({ steps: [{ ...more, name: "Other" }] })).lines).toHaveLength(3);
});

test("warns of the service's warnings, once each, and of nothing else", () => {
  const read = createNews();
  const messages = [slow, message("information", "i"), message("error", "e")];
  expect(read(operation({ messages, steps: [step({ messages })] })).warnings).toEqual([
    { title: "The service warns", text: "Slow today." },
    { title: "Step “Certification” warns", text: "Slow today." },
  ]);
  expect(read(operation({ messages, steps: [step({ messages })] })).warnings).toEqual([]);
});

test("does not say a warning again that a blocked step gives as its reason", () => {
  const read = createNews();
  const blocked = step({ status: "blocked", messages: [slow] });
  expect(read(operation({ steps: [blocked] })).warnings).toEqual([
    {
      title: "Step “Certification” is blocked",
      text: "Slow today. The go-live is not over: mend this in Partner Center, or wait if it is Microsoft's turn.",
    },
  ]);
  expect(read(operation({ steps: [{ ...blocked, status: "running" }] })).warnings).toEqual([]);
});

test("makes messages harmless and bounds them, one by one and all together", () => {
  const read = createNews();
  const first = read(
    operation({ steps: [step({ name: "a\nb", messages: [message("error", `\n::x::${"y".repeat(600)}`)] })] }),
  );
  expect(first.lines).toEqual(["  “a b” (running)", expect.stringMatching(/^ {4}error: : :x::y+…$/)]);
  expect(first.lines[1]).toHaveLength("    error: ".length + 500);
  const many = Array.from({ length: 300 }, (_, at) => message("information", `${at}`));
  const { lines } = read(operation({ steps: [step({ messages: many })] }));
  expect(lines).toHaveLength(1 + 99 + 1);
  expect(lines.at(-1)).toBe("More messages are not shown here: see Partner Center.");
  expect(read(operation({ steps: [step({ messages: [message("information", "new")] })] })).lines).toEqual([]);
});
