/** A token as Entra makes them, in form: three parts that can be looked for one by one. It opens nothing. */
export const TOKEN = [
  Buffer.from(JSON.stringify({ alg: "RS256", typ: "JWT", kid: "model-key" })).toString("base64url"),
  Buffer.from(JSON.stringify({ aud: "https://cloudpartner.azure.com", appid: "model-app" })).toString("base64url"),
  Buffer.from("a signature that nobody ever checks").toString("base64url"),
].join(".");
