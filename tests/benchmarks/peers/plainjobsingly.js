// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// plainjob, a job at a time at FULL. Arguments: jobs, the folder in which a fresh one is made. Prints how many a second were added,
// each on disk before the next, and the median time in milliseconds from adding one to its start where nothing else is to be done.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { better, defineQueue, defineWorker } from "plainjob";

const [jobs, parent] = process.argv.slice(2);
const folder = mkdtempSync(join(parent, "peer-"));
const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

function open(name) {
  const database = new Database(join(folder, name));
  const queue = defineQueue({ connection: better(database) });
  database.pragma("synchronous = FULL");
  return queue;
}

function addsPerSecond() {
  const queue = open("adding.db");
  const begin = milliseconds();
  for (let added = 0; added < Number(jobs); ++added) queue.add("nothing", {});
  return (Number(jobs) * 1000) / (milliseconds() - begin);
}

async function medianStart() {
  const queue = open("starting.db");
  let started;
  const silent = { error() {}, warn() {}, info() {}, debug() {} };
  const worker = defineWorker("nothing", async () => started(milliseconds()), { queue, logger: silent, pollIntervall: 1 });
  worker.start();
  const waits = [];
  for (let i = 0; i < 300; ++i) {
    await new Promise((resolve) => setTimeout(resolve, 5)); // the worker has done the one before
    const start = new Promise((resolve) => (started = resolve));
    const begin = milliseconds();
    queue.add("nothing", {});
    waits.push((await start) - begin);
  }
  return waits.sort((a, b) => a - b)[waits.length / 2];
}

try {
  console.log(JSON.stringify({ addsPerSecond: addsPerSecond(), startP50Ms: await medianStart() }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
