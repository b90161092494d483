import { APIS } from "../marketplace/apis.ts";
import { GOAL_NAMES } from "../marketplace/goal.ts";
import { plainUrl } from "../text/harmless.ts";
import { goesOn, type Plan, type Report } from "./report.ts";

const LONGEST_LOCATION = 2_000;

/**
 * A step that follows the go-live, as YAML ready to be pasted into a workflow; no lines when there is nothing to follow.
 * The location is the service's: whatever could end the YAML text, or be an expression of the workflow (`${{ … }}`), is
 * percent-encoded.
 */
export function watchStepLines(report: Report): readonly string[] {
  const { plan, page, followed } = report;
  const location = followed?.reference.location.href;
  if (
    plan === undefined ||
    plan.api === "toBeFound" ||
    location === undefined ||
    !goesOn(report) ||
    location.length > LONGEST_LOCATION
  )
    return [];
  const { publisherId, offerId } = plan.offer;
  const usual = APIS[plan.api.name];
  const { endpoint = new URL(usual.endpoint), apiVersion = usual.apiVersion } = plan;
  return [
    `- name: Follow the ${GOAL_NAMES[plan.goal]} of ${offerId}`,
    `  uses: ${page.uses ?? "OWNER/azure-marketplace-go-live@v1"}`,
    "  with:",
    `    publisherId: "${publisherId}"`,
    `    offerId: "${offerId}"`,
    `    operationLocation: "${plainUrl(location)}"`,
    ...(plan.goal === "live" ? [] : ["    target: preview"]),
    "    wait: true",
    ...(endpoint.href === new URL(usual.endpoint).href ? [] : [`    endpoint: "${plainUrl(endpoint.href)}"`]),
    ...(apiVersion === usual.apiVersion ? [] : [`    apiVersion: "${apiVersion}"`]),
    ...signInLines(plan).map((line) => `    ${line}`),
  ];
}

function signInLines({ signIn, usual }: Plan): readonly string[] {
  switch (signIn.kind) {
    case "token":
      return [
        "token: ${{ steps.sign-in.outputs.token }} # of a step before this one that gets a new one: tokens live 60 to 90 minutes",
      ];
    case "oidc":
      return [
        TENANT,
        `${CLIENT} # with permissions: id-token: write`,
        ...authorityLines(signIn.authorityHost, usual),
        ...audienceLines(signIn.audience, usual),
      ];
    case "secret":
      return [
        TENANT,
        CLIENT,
        "clientSecret: ${{ secrets.AZURE_CLIENT_SECRET }}",
        ...authorityLines(signIn.authorityHost, usual),
      ];
    case "azureCli":
      return ["signIn: azureCli # after azure/login", ...(signIn.tenantId === undefined ? [] : [TENANT])];
    case "managedIdentity":
      return ["signIn: managedIdentity", ...(signIn.clientId === undefined ? [] : [CLIENT])];
    case "ambient":
      return [];
  }
}

const TENANT = "tenantId: ${{ vars.AZURE_TENANT_ID }}";
const CLIENT = "clientId: ${{ vars.AZURE_CLIENT_ID }}";

/** Without it the secret would go to the Entra of another cloud. */
function authorityLines(authorityHost: string, usual: Plan["usual"]): readonly string[] {
  return authorityHost === usual.authorityHost ? [] : [`authorityHost: "${plainUrl(authorityHost)}"`];
}

/** One that could end the text or be an expression is left to be filled in; until then it is refused. */
function audienceLines(audience: string, usual: Plan["usual"]): readonly string[] {
  if (audience === usual.audience) return [];
  const isPlain = /^[\w\-.~:/?=&%,;@+]{1,500}$/.test(audience);
  return [isPlain ? `audience: "${audience}"` : 'audience: "…" # the one of this step'];
}
