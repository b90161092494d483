import { followed } from "../go-live/outcome.ts";
import { DEFAULTS } from "../inputs/inputs.ts";
import { SIGN_IN_DEFAULTS } from "../inputs/sign-in-inputs.ts";
import { goesOn, type Plan, type Report } from "./report.ts";

const LONGEST_LOCATION_ON_PAGE = 2_000;

/**
 * A step that follows the go-live, ready to be pasted into a workflow; no lines when there is nothing to follow. The
 * location is the service's: whatever could end the YAML text or the Markdown around it, or be an expression of the
 * workflow (`${{ … }}`), is percent-encoded.
 */
export function watchStepLines({ outcome, plan, page }: Report): readonly string[] {
  const location = followed(outcome)?.reference.location.href;
  if (location === undefined || !goesOn(outcome) || location.length > LONGEST_LOCATION_ON_PAGE) return [];
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
        TENANT,
        `${CLIENT} # with permissions: id-token: write`,
        ...authorityLines(signIn.authorityHost),
        ...audienceLines(signIn.audience),
      ];
    case "secret":
      return [
        TENANT,
        CLIENT,
        "clientSecret: ${{ secrets.AZURE_CLIENT_SECRET }}",
        ...authorityLines(signIn.authorityHost),
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
function authorityLines(authorityHost: string): readonly string[] {
  return authorityHost === SIGN_IN_DEFAULTS.authorityHost ? [] : [`authorityHost: "${plainUrl(authorityHost)}"`];
}

/** One that could end the text or be an expression is left to be filled in; until then it is refused. */
function audienceLines(audience: string): readonly string[] {
  if (audience === SIGN_IN_DEFAULTS.audience) return [];
  const isPlain = /^[\w\-.~:/?=&%,;@+]{1,500}$/.test(audience);
  return [isPlain ? `audience: "${audience}"` : 'audience: "…" # the one of this step'];
}

/** The address with every character but plain ones percent-encoded; addresses are ASCII as they are. */
function plainUrl(url: string): string {
  return url.replaceAll(
    /[^\w\-.~:/?=&%$,;@+]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
