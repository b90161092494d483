/** A token as Entra makes them, in form: three parts that can be looked for one by one. It opens nothing. */
export const TOKEN = tokenFor("https://cloudpartner.azure.com");
/** The same for Microsoft Graph. */
export const GRAPH_TOKEN = tokenFor("https://graph.microsoft.com");
/** And for Partner Center. */
export const CENTER_TOKEN = tokenFor("https://api.partner.microsoft.com");

function tokenFor(aud: string): string {
  return [
    Buffer.from(JSON.stringify({ alg: "RS256", typ: "JWT", kid: "model-key" })).toString("base64url"),
    Buffer.from(JSON.stringify({ aud, appid: "model-app" })).toString("base64url"),
    Buffer.from("a signature that nobody ever checks").toString("base64url"),
  ].join(".");
}
