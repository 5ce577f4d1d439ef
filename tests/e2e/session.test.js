// A role's session that is passed a policy: what the policy leaves out stops at its own layer.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, playground } from "./playground.js";

journey("a session policy limits what the role may do", async ({ page, open }) => {
  const { says, doorButton, undo } = playground(page);
  await open("#/world/working-studio");
  await page.getByRole("button", { name: "More details" }).click();
  const text = page.getByRole("textbox", { name: "Session policy as text" });
  await text.fill('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sagemaker:List*","Resource":"*"}]}');
  await says("because no session policy allows the sagemaker:DescribeDomain action");
  await text.fill("");
  await page.getByRole("heading", { name: "Every door is open" }).or(page.getByText("Every door is open")).first().waitFor();
  const managed = page.getByRole("combobox", { name: "Session policy 1" });
  await managed.selectOption({ index: 1 });
  await page.getByRole("combobox", { name: "Session policy 2" }).waitFor();
  await doorButton(/assumes the role/).waitFor();
  await undo.click();
  await page.getByRole("combobox", { name: "Session policy 2" }).waitFor({ state: "detached" });
});

journey("where a request comes from is said, and asked for where a statement wants it", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.open("Users", /^alice/);
  await page.getByRole("button", { name: "Add an inline policy" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("from-home");
  await page.getByRole("textbox", { name: "Name" }).press("Enter");
  const deny = { Effect: "Deny", Action: "*", Resource: "*", Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } };
  await parts.paste(JSON.stringify({ Version: "2012-10-17", Statement: [deny] }));
  await parts.says("this scenario does not say the address that the request comes from", "in “Source IP address”");
  await page.getByRole("button", { name: "More details" }).click();
  const address = page.getByRole("textbox", { name: "Source IP address" });
  await address.fill("203.0.113");
  await page.getByText("not an IP address").waitFor();
  assert.equal(await address.getAttribute("aria-invalid"), "true");
  const described = () => address.evaluate((it) => document.getElementById(it.getAttribute("aria-describedby") ?? "")?.textContent);
  assert.match(await described(), /not an IP address/);
  await address.fill("203.0.113.7");
  await parts.says("Every door is open");
  assert.equal(await address.getAttribute("aria-describedby"), null, "there is nothing wrong with it");
  // Through an endpoint there is no public address.
  const endpoint = page.getByRole("combobox", { name: "VPC endpoint" });
  await endpoint.selectOption({ label: "another…" });
  await page.getByRole("textbox", { name: "Id of the VPC endpoint" }).fill("vpce-0a1b2c3d");
  await page.getByText("neither its VPC nor its policy is known").waitFor();
  await parts.says("Stopped at door", "aws:SourceIp is not in the request");
  assert.equal(await axe(), "");
  await endpoint.selectOption({ label: "no VPC endpoint" });
  await parts.says("Every door is open");
});

for (const viewport of [{ width: 1280, height: 600 }, { width: 390, height: 700 }]) {
  journey(`a new world begins at its top, and undo stays where one is (${viewport.width} px)`, { viewport }, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, "working-studio");
    await parts.says("Every door is open");
    const far = () => page.evaluate(() => Math.max(scrollY, document.querySelector(".pane-flow").scrollTop));
    const down = () =>
      page.evaluate(() => {
        scrollTo(0, 250);
        document.querySelector(".pane-flow").scrollTop = 250;
      });
    await down();
    assert.ok((await far()) > 100, "there is nothing to scroll");
    await parts.world.selectOption("full-access-is-not-full");
    await parts.says("Stopped at door");
    assert.equal(await far(), 0);
    await down();
    await parts.undo.evaluate((it) => it.click());
    await parts.says("Every door is open");
    assert.ok((await far()) > 100, "undo moved the page");
  });
}
