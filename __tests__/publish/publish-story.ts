import type { EmulatorOptions, OfferPlan, RecordedRequest } from "../../emulator/emulator.ts";
import type { Page } from "../report/page-runner.ts";
import { tell } from "../report/story.ts";

/** A run that was to publish to preview, and what it sent. */
export interface PublishRun extends Page {
  readonly exitCode: number;
  /** What was asked, in order, such as `GET list`, without what is said twice in a row. */
  readonly asked: readonly string[];
  /** What changes something, with its body. */
  readonly sent: readonly string[];
}

/** One offer: contoso-vm, waiting for its sign-off but for what is said of it. */
export function offer(plan: Partial<OfferPlan> = {}): Pick<EmulatorOptions, "offers"> {
  return { offers: [{ publisherId: "contoso", offerId: "contoso-vm", ...plan }] };
}

/** Runs the action in this process, on a clock of its own, to publish to preview; through which API the inputs say. */
export async function publish(
  options: EmulatorOptions,
  inputs: Readonly<Record<string, string>> = {},
  cancelledAfterMs?: number,
): Promise<PublishRun> {
  const requests: (Pick<RecordedRequest, "method" | "body"> & { readonly route: string })[] = [];
  const onAnswer = (request: (typeof requests)[number]): void => void requests.push(request);
  const page = await tell({
    name: "publish",
    options: { ...options, onAnswer, productIngestion: { ...options.productIngestion, onAnswer } },
    inputs: { target: "preview", wait: "true", ...inputs },
    ...(cancelledAfterMs === undefined ? {} : { cancelledAfterMs }),
  });
  const asked = requests.map(({ method, route }) => `${method} ${route}`);
  const sent = requests.flatMap(({ method, route, body }) => (method === "POST" ? [`${route} ${body}`.trim()] : []));
  return { ...page, asked: asked.filter((each, at) => each !== asked[at - 1]), sent };
}
