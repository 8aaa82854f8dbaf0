// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// plainjob: bulk add, one worker that asks for the next job as soon as it has done one.
import Database from "better-sqlite3";
import { better, defineQueue, defineWorker } from "plainjob";
import { measure } from "./measure.js";

await measure(async ({ jobs, sync, batch, file }) => {
  const database = new Database(file);
  const queue = defineQueue({ connection: better(database) });
  database.pragma(`synchronous = ${sync}`);
  let left = jobs;
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const silent = { error() {}, warn() {}, info() {}, debug() {} };
  const worker = defineWorker("nothing", async () => {}, {
    queue,
    logger: silent,
    pollIntervall: 1,
    onCompleted: () => --left === 0 && finish(),
  });
  for (let added = 0; added < jobs; added += batch) queue.addMany("nothing", Array.from({ length: Math.min(batch, jobs - added) }, () => ({})));
  worker.start();
  await finished;
  await worker.stop();
  database.close();
});
