// Imports the packages that the arguments name, and prints how long that took from the start of the process.
for (const name of process.argv.slice(2)) await import(name);
console.log(performance.now());
