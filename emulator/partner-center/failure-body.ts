import type { FailurePlan, ReportPlan, ValidationPlan } from "./plan.ts";

/** One finding of the validation as the service answers it. */
export type ValidationBody = Required<ValidationPlan>;

/** One report of the certification as the service answers it; the time is ISO 8601. */
export interface ReportBody extends Required<ReportPlan> {
  readonly reportTimeInUtc: string;
}

const usualFile = "https://reports.example/certification.pdf?sv=2022-11-02&sp=r&sig=emulated%2FsecretSignature%3D";

/** The findings of the validation as the service answers them. */
export function validationBodies({ validations = [] }: FailurePlan = {}): readonly ValidationBody[] {
  return validations.map(({ errorCode, message, severity = "Error", resource = "Package" }) => {
    return { errorCode, severity, message, resource };
  });
}

/** The reports as the service answers them; they are from that time, in milliseconds since the epoch. */
export function reportBodies({ reports = [] }: FailurePlan = {}, atMs: number): readonly ReportBody[] {
  const reportTimeInUtc = new Date(atMs).toISOString();
  return reports.map(({ status = "Failed", fileUri = usualFile }) => ({ reportTimeInUtc, status, fileUri }));
}
