/** Header values by their lower-case names. */
export type Headers = Readonly<Record<string, string>>;

/** An answer, before any fault. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** The content type of everything the service says. */
export const jsonContentType = "application/json; charset=utf-8";

/** An answer with that value as its JSON body. */
export function jsonAnswer(status: number, value: unknown, headers: Headers = {}): Answer {
  return { status, headers, body: JSON.stringify(value) };
}

/** A refusal in the reference's error envelope. */
export function refusal(status: number, code: string, message: string, headers: Headers = {}): Answer {
  return jsonAnswer(status, { error: { code, message, details: [] } }, headers);
}
