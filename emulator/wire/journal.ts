import type { Answer, Headers } from "./answer.ts";
import type { FaultAct } from "./fault.ts";
import type { ArrivedRequest } from "./request.ts";

/**
 * What a request was answered: a status code, or how its connection went wrong (`raw`: by bytes that were told). `pending` until that is decided,
 * `abandoned` when the client left before.
 */
export type RequestAnswer = Answer["status"] | "pending" | "reset" | "closed" | "stalled" | "raw" | "abandoned";

/** One request a service got, and the name its API has for what was asked. */
export interface RecordedRequest<Route extends string> {
  /** When all of it had arrived, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly method: string;
  /** The path with its query, as sent. */
  readonly path: string;
  readonly route: Route;
  /** By lower-case names. */
  readonly headers: Headers;
  readonly body: string;
  /** What went wrong with it on purpose. */
  readonly fault?: FaultAct["kind"];
  readonly answer: RequestAnswer;
}

/** Says what a recorded request was answered. */
export type RecordAnswer = (answer: RequestAnswer) => void;

/** The requests in order of arrival. */
export class Journal<Route extends string> {
  readonly #requests: RecordedRequest<Route>[] = [];
  readonly #onAnswer: (request: RecordedRequest<Route>) => void;

  constructor(onAnswer: (request: RecordedRequest<Route>) => void) {
    this.#onAnswer = onAnswer;
  }

  /** All requests so far, oldest first. */
  get requests(): readonly RecordedRequest<Route>[] {
    return this.#requests;
  }

  /** Adds a request; its answer is recorded later, by the function returned. */
  add(request: ArrivedRequest, about: Pick<RecordedRequest<Route>, "atMs" | "route" | "fault">): RecordAnswer {
    const { method, target, headers, body } = request;
    const index = this.#requests.length;
    const arrived: RecordedRequest<Route> = { ...about, method, path: target, headers, body, answer: "pending" };
    this.#requests.push(arrived);
    return (answer) => {
      const answered = { ...arrived, answer };
      this.#requests[index] = answered;
      this.#onAnswer(answered);
    };
  }
}
