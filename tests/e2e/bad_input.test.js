// What is wrong is said at its place; nothing that somebody typed is ever lost.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

const statement = (members) => `{\n  "Version": "2012-10-17",\n  "Statement": [\n    { ${members} }\n  ]\n}`;

const MISTAKES = [
  {
    what: "broken JSON",
    text: '{\n  "Version": "2012-10-17"\n  "Statement": []\n}',
    says: [/line 3, column 3/, /`?,`? is missing/],
  },
  {
    what: "an unknown element",
    text: statement('"Efect": "Allow", "Action": "s3:*", "Resource": "*"'),
    says: [/line 4, column 7/, /Efect/, /Effect/],
  },
  {
    what: "an unknown operator",
    text: statement('"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "StringEqual": { "aws:username": "alice" } }'),
    says: [/StringEqual/, /StringEquals/],
  },
  {
    what: "a wrong ARN",
    text: statement('"Effect": "Allow", "Action": "s3:*", "Resource": "my-bucket/*"'),
    says: [/my-bucket/, /arn:/],
  },
];

for (const { what, text, says } of MISTAKES) {
  journey(`${what}: said at its place, the last good walk stays`, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, "full-access-is-not-full");
    await parts.says("Stopped at door");
    await parts.paste(text);
    for (const part of says) await parts.findings.getByText(part).first().waitFor();
    await page.getByText("last good version", { exact: false }).first().waitFor();
    await parts.says("Stopped at door");
    assert.equal(await parts.text.inputValue(), text);
    await parts.findings.getByRole("button").first().click();
    assert.notEqual(await parts.selected(), "");

    // The text as typed and the walk as it was, both are there after a reload.
    await page.goto(tools.address);
    await parts.findings.getByText(says.at(-1)).first().waitFor();
    assert.equal(await parts.text.inputValue(), text);
    await parts.says("Stopped at door");
  });
}

journey("a panic says so, hands the text back and keeps the draft", async ({ page, open, expectError }) => {
  expectError(/panic|RuntimeError|unreachable/);
  await open("#/panic-drill");
  const text = page.getByRole("textbox", { name: "Policy document" });
  const typed = `${await text.inputValue()}\n`;
  await text.fill(typed);
  const dialog = page.getByRole("alertdialog", { name: "Rolewalk has stopped" });
  await dialog.getByText("this is the panic drill").waitFor();
  assert.equal(await dialog.getByRole("textbox", { name: "Your text" }).inputValue(), typed);
  await page.goto("about:blank");
  await open();
  assert.equal(await text.inputValue(), typed);
});

journey("a megabyte can be pasted", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.says("Stopped at door");
  const one = '{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::bucket/*"},\n';
  const good = `{"Version":"2012-10-17","Statement":[\n${one.repeat(Math.ceil(1_000_000 / one.length)).slice(0, -2)}\n]}`;
  for (const [what, text] of [["policy", good], ["noise", "]{\"".repeat(350_000)]]) {
    await page.evaluate(() => {
      window.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
      }).observe({ type: "longtask" });
    });
    await parts.paste(text);
    await parts.findings.getByRole("button").first().waitFor();
    assert.equal(await parts.text.inputValue(), text);
    const longest = await page.evaluate(() => new Promise((told) => setTimeout(() => told(window.longest))));
    console.log(`1 MB of ${what}: the longest time without an answer was ${Math.round(longest)} ms`);
  }
  await parts.undo.click();
  await parts.undo.click();
  await parts.says("Stopped at door");
  assert.match(await parts.text.inputValue(), /AllowAllNonAdminSageMakerActions/);
});
