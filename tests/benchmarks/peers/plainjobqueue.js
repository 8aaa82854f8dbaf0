// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

import Database from "better-sqlite3";
import { better, defineQueue, defineWorker } from "plainjob";

// A queue of plainjob in a new file, and the database it is in. Sync: FULL or NORMAL.
export function openQueue(file, sync) {
  const database = new Database(file);
  const queue = defineQueue({ connection: better(database) });
  database.pragma(`synchronous = ${sync}`);
  return { database, queue };
}

// A worker that runs `work` for each job and asks for the next as soon as it has done one, else each millisecond.
export function defineSilentWorker(queue, work, onCompleted) {
  const silent = { error() {}, warn() {}, info() {}, debug() {} };
  return defineWorker("nothing", work, { queue, logger: silent, pollIntervall: 1, onCompleted });
}
