// A role's session that is passed a policy: what the policy leaves out stops at its own layer.

import { journey } from "./harness.js";
import { playground } from "./playground.js";

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
