// Starts Chromium so that it makes no connection of its own.

import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium from CHROMIUM (set by `cargo xtask`), else the one Playwright installed. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || undefined,
    args: ARGUMENTS,
  });
}
