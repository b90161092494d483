import type { Emulator } from "../../emulator/emulator.ts";

/** The APIs, by the words of the input `api`. */
export const APIS = ["cloudPartnerPortal", "productIngestion", "partnerCenter"] as const;

export type Api = (typeof APIS)[number];

/** What truly became of a go-live; `none`: it has not ended, or there was none. */
export type TrueEnd = "live" | "notLive" | "none";

/** How one API of the emulator is asked for the truth. */
export interface Truth {
  readonly endpoint: (emulator: Emulator) => string;
  /** How many go-lives the service has taken, and how often one was sent. */
  readonly accepted: (emulator: Emulator) => number;
  readonly sent: (emulator: Emulator) => number;
  /** How often it may be sent at most: where the list of operations shows none for long enough, again. */
  readonly mostSent: number;
  readonly end: (emulator: Emulator) => TrueEnd;
}

const ENDS: Readonly<Record<string, TrueEnd>> = {
  succeeded: "live",
  live: "live",
  failed: "notLive",
  failedInCertification: "notLive",
  updateFailed: "notLive",
  canceled: "notLive",
  cancelled: "notLive",
};

/** All three. */
export const TRUTHS = {
  cloudPartnerPortal: {
    endpoint: ({ url }) => url,
    accepted: ({ goLives }) => goLives.length,
    sent: ({ requests }) => requests.filter(({ route }) => route === "goLive").length,
    mostSent: 3,
    end: ({ goLives: [first], operationStatus }) => endOf(first && operationStatus(first.id)),
  },
  productIngestion: {
    endpoint: ({ productIngestion }) => productIngestion.url,
    accepted: ({ productIngestion }) => productIngestion.pushes().length,
    sent: ({ productIngestion }) => productIngestion.requests.filter(({ route }) => route === "configure").length,
    mostSent: 1,
    end({ productIngestion }) {
      const [first] = productIngestion.pushes();
      return endOf(first && productIngestion.jobState(first.jobId));
    },
  },
  partnerCenter: {
    endpoint: ({ partnerCenter }) => partnerCenter.url,
    accepted: ({ partnerCenter }) => partnerCenter.promotes().length,
    sent: ({ partnerCenter }) => partnerCenter.requests.filter(({ route }) => route === "promote").length,
    mostSent: 1,
    end({ partnerCenter }) {
      const [first] = partnerCenter.promotes();
      return endOf(first && partnerCenter.stageOf(first.submissionId));
    },
  },
} as const satisfies Record<Api, Truth>;

function endOf(word: string | undefined): TrueEnd {
  return ENDS[word ?? ""] ?? "none";
}
