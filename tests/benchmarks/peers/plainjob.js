// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// plainjob: bulk add, one worker.
import { measure } from "./measure.js";
import { defineSilentWorker, openQueue } from "./plainjobqueue.js";

await measure(async ({ jobs, sync, batch, file }) => {
  const { database, queue } = openQueue(file, sync);
  let left = jobs;
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const worker = defineSilentWorker(queue, async () => {}, () => --left === 0 && finish());
  for (let added = 0; added < jobs; added += batch) queue.addMany("nothing", Array.from({ length: Math.min(batch, jobs - added) }, () => ({})));
  worker.start();
  await finished;
  await worker.stop();
  database.close();
});
