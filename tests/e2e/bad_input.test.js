// What is wrong is said at its place; nothing that somebody typed is ever lost.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, textNow } from "./playground.js";

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
    assert.equal(await parts.textNow(), text);
    await parts.findings.getByRole("listitem").first().getByRole("button").first().click();
    await parts.selects(/./);

    // The text as typed and the walk as it was, both are there after a reload.
    await page.goto(tools.address);
    await parts.findings.getByText(says.at(-1)).first().waitFor();
    assert.equal(await parts.textNow(), text);
    await parts.says("Stopped at door");
  });
}

journey("a panic says so, hands the text back and keeps the draft", async ({ page, open, expectError }) => {
  expectError(/panic|RuntimeError|unreachable/);
  await open("#/panic-drill");
  const text = page.getByRole("textbox", { name: "Policy document" });
  const typed = `${await textNow(page)}\n`;
  await text.fill(typed);
  const dialog = page.getByRole("alertdialog", { name: "Rolewalk has stopped" });
  await dialog.getByText("this is the panic drill").waitFor();
  assert.equal(await dialog.getByRole("textbox", { name: "Your text" }).inputValue(), typed);
  await page.goto("about:blank");
  await open();
  assert.equal(await textNow(page), typed);
});

const one = '{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::bucket/*"},\n';
const statements = one.repeat(Math.ceil(1_000_000 / one.length)).slice(0, -2);
const MEGABYTES = [
  { what: "policy", text: `{"Version":"2012-10-17","Statement":[\n${statements}\n]}` },
  { what: "noise", text: "]{\"".repeat(350_000) },
];

for (const [where, viewport] of [["on a wide screen", undefined], ["on a phone", { width: 390, height: 780 }]]) {
  journey(`a megabyte can be pasted ${where}`, viewport ? { viewport } : {}, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, "full-access-is-not-full");
    await parts.says("Stopped at door");
    if (viewport) await page.getByRole("navigation").getByRole("button", { name: "Editor" }).click();
    /** Waits for the finding on that very text; IAM does not count white space. */
    const isTooLong = ({ text }) => {
      const size = text.replace(/\s/g, "").length;
      return parts.findings.getByText(`the document has ${size} characters`).first().waitFor();
    };
    for (const { what, text } of MEGABYTES) {
      await page.evaluate(() => {
        window.tasks = [];
        window.watch = new PerformanceObserver((list) => window.tasks.push(...list.getEntries()));
        window.watch.observe({ type: "longtask" });
      });
      await parts.paste(text);
      await isTooLong({ text });
      assert.equal(await parts.textNow(), text);
      // A task is entered after the frame that it kept waiting.
      const longest = await page.evaluate(async () => {
        for (let n = 0; n < 2; n += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
        window.tasks.push(...window.watch.takeRecords());
        window.watch.disconnect();
        return Math.max(0, ...window.tasks.map(({ duration }) => duration));
      });
      console.log(`1 MB of ${what} ${where}: the longest time without an answer was ${Math.round(longest)} ms`);
    }
    await parts.undo.click();
    await isTooLong(MEGABYTES[0]);
    assert.equal(await parts.textNow(), MEGABYTES[0].text);
    await parts.undo.click();
    await page.waitForFunction(() => /AllowAllNonAdminSageMakerActions/.test(document.querySelector("#policy-text").value));
    await parts.says("Stopped at door");
  });
}
