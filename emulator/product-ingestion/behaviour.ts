import { type EntryBehaviour, defaultEntryBehaviour } from "./entry-behaviour.ts";
import type { Word } from "./vocabulary.ts";

/** What the reference leaves open, or has more than one spelling for. */
export interface Behaviour
  extends CommonBehaviour, ProductBehaviour, EntryBehaviour, ConfigureBehaviour, JobBehaviour {}

/** How everything is answered. */
export interface CommonBehaviour {
  /** How far the service's clock is ahead, in milliseconds. Default 0. */
  readonly clockOffsetMs: number;
  /** Which headers name a request for Microsoft's support. Default `both`. */
  readonly requestIds: "both" | "requestIdOnly" | "none";
  /** Whether a request without `$version` is refused, as the reference says, or passes, as was seen. Default `optional`. */
  readonly versionCheck: "required" | "optional";
  /** The versions that are refused as deprecated, in `$version` and in a `$schema`. */
  readonly deprecatedVersions: readonly string[];
  /** Which host the schemas of answers are on; requests always have to name the new one. Default `new`. */
  readonly schemaHost: "new" | "old";
  /** The case of the GUIDs in answers. Default `lower`. */
  readonly idCase: "lower" | "upper";
}

/** How a product is answered. */
export interface ProductBehaviour {
  /** `bare`: the one product itself in place of a list. Default `list`. */
  readonly productForm: "list" | "bare";
  /** `ignored`: all products are answered, whichever was asked for. Default `exact`. */
  readonly productFilter: "exact" | "ignored";
  /** How the member with the offer's id is spelt. Default `externalId`. */
  readonly externalIdName: "externalId" | "externalID";
}

/** How a push or a publish is answered. */
export interface ConfigureBehaviour {
  /**
   * Whether a body with more than the documented members is refused. `liberal` takes them, `lifecycleState` by its word:
   * a client that ran sends back all that it has read. Default `liberal`.
   */
  readonly bodyCheck: "strict" | "liberal";
  /** The status of an acceptance. Default 202. */
  readonly acceptedStatus: 200 | 201 | 202;
  /** What the body of an acceptance is: the job, the job without its id, or nothing. Default `job`. */
  readonly acceptedBody: "job" | "noJobId" | "empty";
  /** How the member with the job's id is spelt. Default `jobId`. */
  readonly jobIdName: "jobId" | "jobID";
  /** Whether a push or publish that cannot be is refused at once, or accepted as a job that fails. Default `answer`. */
  readonly refusedBy: "answer" | "job";
  /** The status of the refusal while something runs. Default 409. */
  readonly busyStatus: 409 | 400 | 423;
  /** Whether a push is refused while something runs, or once its submission is live. Default `refused`. */
  readonly secondPush: "refused" | "accepted";
}

/** How a job is answered. */
export interface JobBehaviour {
  /** How long a new job waits before it runs, in milliseconds; its duration counts from then. Default 0. */
  readonly notStartedMs: number;
  /** How long after its acceptance a new job answers 404, in milliseconds. Default 0. */
  readonly jobLagMs: number;
  /** How long after its acceptance a new job is gone for ever, in milliseconds. Default `Infinity`. */
  readonly jobLostAfterMs: number;
  /** What a job that is gone answers. Default 404. */
  readonly jobLostStatus: 404 | 410;
  /** The service's words for a job's status and result. */
  readonly jobWords: Partial<Readonly<Record<Word, string>>>;
  /**
   * What `jobEnd` says: the end once there is one, an end at all times, or year 1 at all times, with or without a
   * time of day. Default `end`.
   */
  readonly jobEnd: "end" | "early" | "yearOne" | "yearOneDate";
  /** Whether a job names a resource on another host. Default `none`. */
  readonly resourceUri: "none" | "otherHost";
  /** The `Retry-After` of a job that has not ended. Default: the header is absent. */
  readonly pollRetryAfter?: string;
  /** From a cancel to the job being cancelled, in milliseconds. Default 0. */
  readonly cancelMs: number;
  /** How long after its start a job can be cancelled, in milliseconds. Default `Infinity`: until its end. */
  readonly cancelWithinMs: number;
}

const defaultBehaviour: Behaviour = {
  ...defaultEntryBehaviour,
  clockOffsetMs: 0,
  requestIds: "both",
  versionCheck: "optional",
  deprecatedVersions: ["2022-03-01-preview3"],
  schemaHost: "new",
  idCase: "lower",
  productForm: "list",
  productFilter: "exact",
  externalIdName: "externalId",
  bodyCheck: "liberal",
  acceptedStatus: 202,
  acceptedBody: "job",
  jobIdName: "jobId",
  refusedBy: "answer",
  busyStatus: 409,
  secondPush: "refused",
  notStartedMs: 0,
  jobLagMs: 0,
  jobLostAfterMs: Infinity,
  jobLostStatus: 404,
  jobWords: {},
  jobEnd: "end",
  resourceUri: "none",
  cancelMs: 0,
  cancelWithinMs: Infinity,
};

/** The given behaviour, with the defaults for what it leaves out. */
export function resolveBehaviour(behaviour: Partial<Behaviour> = {}): Behaviour {
  return { ...defaultBehaviour, ...behaviour };
}
