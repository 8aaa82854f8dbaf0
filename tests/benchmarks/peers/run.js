// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// Stint and its peers in turn, round after round, so that all meet the same moods of the machine; prints a table of
// medians and ranges. Called by run.sh.
import { execFileSync } from "node:child_process";

const [stint, jobs, rounds, folder] = process.argv.slice(2);
const here = import.meta.dirname;

function node(script, count, sync) {
  return () => Number(execFileSync(process.execPath, [`${here}/${script}`, count, sync, "100", folder], { encoding: "utf8" }));
}

function stintBench(sync) {
  return () => {
    const answer = execFileSync(stint, ["--db", folder, "bench", "--jobs", jobs, "--rounds", "1", "--sync", sync, "--json"], { encoding: "utf8" });
    return JSON.parse(answer).endToEndPerSecond;
  };
}

const few = String(Math.max(100, Math.floor(jobs / 10))); // enough for those that do some hundreds a second
const contestants = [
  ["stint, FULL", stintBench("full")],
  ["plainjob, FULL", node("plainjob.js", jobs, "FULL")],
  ["liteque, FULL", node("liteque.js", few, "FULL")],
  ["stint, NORMAL", stintBench("normal")],
  ["plainjob, NORMAL (its own setting)", node("plainjob.js", jobs, "NORMAL")],
  ["liteque, NORMAL (its own setting)", node("liteque.js", few, "NORMAL")],
  ["better-queue, in memory", node("betterqueue.js", few, "FULL")],
];

const results = new Map(contestants.map(([name]) => [name, []]));
for (let round = 0; round < Number(rounds); ++round) {
  for (const [name, run] of round % 2 === 0 ? contestants : contestants.toReversed()) results.get(name).push(run());
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(`| full life, jobs/s, ${rounds} rounds | median | lowest to highest | stint is |`);
console.log("|---|---|---|---|");
for (const [name, values] of results) {
  const stintName = name.includes("NORMAL") ? "stint, NORMAL" : "stint, FULL";
  const ratios = values.map((value, round) => results.get(stintName)[round] / value);
  const ratio = name === stintName ? "" : `${median(ratios).toFixed(1)} ×`;
  console.log(`| ${name} | ${median(values)} | ${Math.min(...values)} to ${Math.max(...values)} | ${ratio} |`);
}
