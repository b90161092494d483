/** The largest body that is read: 4 MiB. */
const BYTES = 4 * 1024 * 1024 - 1_024;

/** A body of that size, made of the same piece over and over, so that the making itself takes no memory. */
function filled(piece: string, start: string, end: string): Buffer {
  const count = Math.floor((BYTES - start.length - end.length) / (piece.length + 1));
  return Buffer.concat([
    Buffer.from(start),
    Buffer.alloc(count * (piece.length + 1), `${piece},`),
    Buffer.from(piece + end),
  ]);
}

const steps = (piece: string): Buffer => filled(piece, '{"status":"running","steps":[', "]}");
const messages = (piece: string): Buffer => filled(piece, '{"status":"failed","messages":[', "]}");
const text = (piece: string): Buffer =>
  Buffer.concat([
    Buffer.from('{"status":"failed","messages":[{"level":"error","messageHtml":"'),
    Buffer.alloc(Math.floor((BYTES - 100) / piece.length) * piece.length, piece),
    Buffer.from('"}]}'),
  ]);
const html = (piece: string): Buffer =>
  messages(`{"level":"error","messageHtml":"${piece.repeat(Math.floor(40_000 / piece.length))}"}`);

/** An answer of 4 MiB, about one operation or the list of all. */
export interface AnswerKind {
  readonly about: "operation" | "list";
  readonly body: () => Buffer;
}

/** Answers of a service gone mad, each of which was dear once, or may be. */
export const ANSWER_KINDS = {
  "empty steps": { about: "operation", body: () => steps("{}") },
  "steps with a message": { about: "operation", body: () => steps('{"messages":[{"messageHtml":"<b>a</b>"}]}') },
  "blocked steps": { about: "operation", body: () => steps('{"status":"blocked","messages":[{"message":"a"}]}') },
  "empty messages": { about: "operation", body: () => messages("{}") },
  "short messages": { about: "operation", body: () => messages('{"message":"a","level":"error"}') },
  "messages of markup": { about: "operation", body: () => html("<hr>") },
  "messages of tags": { about: "operation", body: () => html("<p>") },
  "messages of lists": { about: "operation", body: () => html("<ol><li>") },
  "one long text": { about: "operation", body: () => text("a") },
  "one long text of escapes": { about: "operation", body: () => text("\\u0061") },
  "one long text of quotes": { about: "operation", body: () => text('\\"') },
  "one long text of a terminal's escapes": { about: "operation", body: () => text("\\u001b]") },
  "short texts of a terminal's escapes": { about: "operation", body: () => steps('"\\u001b"') },
  "empty lists": { about: "operation", body: () => steps("[]") },
  "an error of many": {
    about: "operation",
    body: () => filled('{"message":"a"}', '{"status":"failed","error":[', "]}"),
  },
  "a nest of lists": { about: "operation", body: () => Buffer.alloc(BYTES, "[") },
  "a list of empty entries": { about: "list", body: () => filled("{}", "[", "]") },
  "a list of entries": {
    about: "list",
    body: () => filled('{"id":"a","slot":"staging","submissionState":"completed"}', "[", "]"),
  },
} as const satisfies Readonly<Record<string, AnswerKind>>;

export type AnswerName = keyof typeof ANSWER_KINDS;
