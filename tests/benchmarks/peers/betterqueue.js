// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// better-queue with the store it comes with: in memory, so nothing survives the process.
import BetterQueue from "better-queue";
import { measure } from "./measure.js";

await measure(async ({ jobs }) => {
  const queue = new BetterQueue((task, done) => done(null, {}), { concurrent: 16 });
  const drained = new Promise((resolve) => queue.on("drain", resolve));
  for (let added = 0; added < jobs; ++added) queue.push({ id: added });
  await drained;
});
