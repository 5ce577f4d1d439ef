// Photographs the built site: node screenshot.js FOLDER [#/…]

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.js";
import { builtSite, serve } from "./server.js";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const PICTURES = [
  { name: "playground-light.png", viewport: DESKTOP, colorScheme: "light" },
  { name: "playground-dark.png", viewport: DESKTOP, colorScheme: "dark" },
  { name: "playground-phone.png", viewport: PHONE, colorScheme: "light", isMobile: true, hasTouch: true },
];

const [folder, path = ""] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = await serve(builtSite());
const browser = await launch();
try {
  for (const { name, ...options } of PICTURES) {
    const context = await browser.newContext({ deviceScaleFactor: 1, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    await page.goto(server.address + path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    const file = join(folder, name);
    await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
    console.log(`wrote ${file}`);
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
