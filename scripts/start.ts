import { startEmulator } from "../emulator/emulator.ts";
import { runStep } from "../emulator/runner.ts";

/** A go-live of a few seconds, blocked for a while, so that there is something to see. */
const emulator = await startEmulator({
  offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 6_000 } }],
});
console.log(
  "An emulator of the marketplace listens; the committed bundle now runs against it, as a workflow step would:\n",
);
console.log("  publisherId: contoso\n  offerId: contoso-vm\n  wait: true\n");
const result = await runStep({
  with: {
    publisherId: "contoso",
    offerId: "contoso-vm",
    token: "emulator-token",
    endpoint: emulator.url,
    wait: "true",
    pollIntervalSeconds: "0.5",
  },
  onOutput: (text) => process.stdout.write(text),
});
await emulator.close();
console.log("\nOutputs:");
for (const [name, value] of Object.entries(result.outputs)) console.log(`  ${name}: ${value}`);
console.log(`Exit code: ${result.exitCode}`);
process.exitCode = result.exitCode ?? 1;
