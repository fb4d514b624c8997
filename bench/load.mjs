// Imports the packages that the arguments name, and prints the milliseconds from the process's start to each.
const times = [];
for (const name of process.argv.slice(2)) {
  await import(name);
  times.push(performance.now());
}
console.log(JSON.stringify(times));
