// The runner starts this file when the job was cancelled. The mark is set before anything of the bundle is loaded, so
// that the post phase never takes itself for the step, whatever that has saved.
process.goLivePhase = "post";
await import("./index.js");
export {};
