// What node itself costs.
process.exitCode = 0;
