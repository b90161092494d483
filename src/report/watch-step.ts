import { followed } from "../outcome.ts";
import { DEFAULTS } from "../inputs.ts";
import { goesOn, type Plan, type Report } from "./report.ts";

const LONGEST_LOCATION = 2_000;

/**
 * A step that follows the go-live, ready to be pasted into a workflow; no lines when there is nothing to follow. The
 * location is the service's: whatever could end the YAML text or the Markdown around it, or be an expression of the
 * workflow (`${{ … }}`), is percent-encoded.
 */
export function watchStepLines({ outcome, plan, page }: Report): readonly string[] {
  const location = followed(outcome)?.reference.location.href;
  if (location === undefined || !goesOn(outcome) || location.length > LONGEST_LOCATION) return [];
  const { publisherId, offerId } = plan.offer;
  const { endpoint, apiVersion } = plan;
  return [
    "```yaml",
    `- name: Follow the go-live of ${offerId}`,
    `  uses: ${page.uses ?? "OWNER/azure-marketplace-go-live@v1"}`,
    "  with:",
    `    publisherId: "${publisherId}"`,
    `    offerId: "${offerId}"`,
    `    operationLocation: "${plainUrl(location)}"`,
    "    wait: true",
    ...(endpoint.href === new URL(DEFAULTS.endpoint).href ? [] : [`    endpoint: "${plainUrl(endpoint.href)}"`]),
    ...(apiVersion === DEFAULTS.apiVersion ? [] : [`    apiVersion: "${apiVersion}"`]),
    ...signInLines(plan).map((line) => `    ${line}`),
    "```",
  ];
}

function signInLines({ signIn }: Plan): readonly string[] {
  switch (signIn.kind) {
    case "token":
      return ["token: ${{ env.MARKETPLACE_TOKEN }} # a new one: tokens live 60 to 90 minutes"];
    case "oidc":
      return [
        "tenantId: ${{ vars.AZURE_TENANT_ID }}",
        "clientId: ${{ vars.AZURE_CLIENT_ID }} # with permissions: id-token: write",
      ];
    case "secret":
      return [
        "tenantId: ${{ vars.AZURE_TENANT_ID }}",
        "clientId: ${{ vars.AZURE_CLIENT_ID }}",
        "clientSecret: ${{ secrets.AZURE_CLIENT_SECRET }}",
      ];
    case "azureCli":
      return ["signIn: azureCli # after azure/login"];
    case "managedIdentity":
      return ["signIn: managedIdentity"];
    case "ambient":
      return [];
  }
}

/** The address with every character but plain ones percent-encoded; addresses are ASCII as they are. */
function plainUrl(url: string): string {
  return url.replaceAll(
    /[^\w\-.~:/?=&%$,;@+]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
