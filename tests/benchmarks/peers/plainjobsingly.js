// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// plainjob, a job at a time at FULL. Arguments: jobs, the folder in which a fresh one is made. Prints how many a second were added,
// each on disk before the next, and the median time in milliseconds from adding one to its start where nothing else is to be done.
import { join } from "node:path";
import { inFreshFolder, milliseconds } from "./measure.js";
import { defineSilentWorker, openQueue } from "./plainjobqueue.js";

const [jobs, parent] = process.argv.slice(2);

function addsPerSecond(file) {
  const { queue } = openQueue(file, "FULL");
  const begin = milliseconds();
  for (let added = 0; added < Number(jobs); ++added) queue.add("nothing", {});
  return (Number(jobs) * 1000) / (milliseconds() - begin);
}

async function medianStart(file) {
  const { queue } = openQueue(file, "FULL");
  let started;
  defineSilentWorker(queue, async () => started(milliseconds())).start();
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

await inFreshFolder(parent, async (folder) => {
  const added = addsPerSecond(join(folder, "adding.db"));
  console.log(JSON.stringify({ addsPerSecond: added, startP50Ms: await medianStart(join(folder, "starting.db")) }));
});
