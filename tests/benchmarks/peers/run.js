// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// Stint and its peers in turn, round after round, so that all meet the same moods of the machine; prints tables of medians and ranges.
// Called by run.sh.
import { execFileSync } from "node:child_process";

const [stint, jobs, rounds, folder] = process.argv.slice(2);
const here = import.meta.dirname;

function node(script, count, sync) {
  return () => Number(execFileSync(process.execPath, [`${here}/${script}`, count, sync, "100", folder], { encoding: "utf8" }));
}

function bench(...args) {
  return JSON.parse(execFileSync(stint, ["--db", folder, "bench", "--rounds", "1", "--json", ...args], { encoding: "utf8" }));
}

function stintBench(sync) {
  return () => bench("--jobs", jobs, "--sync", sync).endToEndPerSecond;
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

const singly = Array.from({ length: Number(rounds) }, () => {
  const ours = bench("--jobs", few, "--producers", "16", "--batch", "1");
  return { ours, theirs: JSON.parse(execFileSync(process.execPath, [`${here}/plainjobsingly.js`, few, folder], { encoding: "utf8" })) };
});
const ofRounds = (value) => median(singly.map(value));
console.log(`\n| a job at a time, FULL, ${rounds} rounds, medians | stint | plainjob | stint to plainjob |`);
console.log("|---|---|---|---|");
console.log(
  `| enqueued a second, each on disk (stint: 16 producers) | ${Math.round(ofRounds(({ ours }) => ours.enqueuePerSecond))} ` +
    `| ${Math.round(ofRounds(({ theirs }) => theirs.addsPerSecond))} ` +
    `| ${ofRounds(({ ours, theirs }) => ours.enqueuePerSecond / theirs.addsPerSecond).toFixed(1)} × |`,
);
console.log(
  `| from the call to the start, idle, p50 | ${ofRounds(({ ours }) => ours.startP50Ms).toFixed(2)} ms ` +
    `| ${ofRounds(({ theirs }) => theirs.startP50Ms).toFixed(2)} ms ` +
    `| ${ofRounds(({ ours, theirs }) => ours.startP50Ms / theirs.startP50Ms).toFixed(2)} × |`,
);
