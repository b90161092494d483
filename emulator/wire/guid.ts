/** What a GUID counts; each kind has its own first part, so that none is taken for another. */
export type GuidKind = "operation" | "otherOperation" | "request" | "correlation" | "product" | "job";

const firstParts = {
  operation: "56615b67",
  otherOperation: "0dd0be47",
  request: "7e905701",
  correlation: "c0a7e1a7",
  product: "3f0c7a11",
  job: "6b1f7c0e",
} as const satisfies Record<GuidKind, string>;

/** A GUID that is the same in every run: the count is its last part. */
export function countedGuid(kind: GuidKind, count: number): string {
  return `${firstParts[kind]}-2185-49fe-80d2-${count.toString(16).padStart(12, "0")}`;
}
