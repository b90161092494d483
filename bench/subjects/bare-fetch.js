// The same three requests as the action sends, with nothing around them: no check, no limit, no proxy, no report.
const root = `${process.env.ENDPOINT}/api/publishers/contoso/offers/contoso-vm`;
const version = "api-version=2017-10-31";
const headers = { authorization: `Bearer ${process.env.TOKEN}`, "content-type": "application/json" };

const list = await fetch(`${root}/submissions/?${version}`, { headers });
await list.json();
const status = await fetch(`${root}/status?${version}`, { headers });
await status.json();
const started = await fetch(`${root}/golive?${version}`, { method: "POST", headers });
if (started.status !== 202) throw new Error(`HTTP ${started.status}`);
console.log(started.headers.get("operation-location"));
