import { App } from "./app.mjs";

/** Every run, newest first. */
export class HistoryPage extends App {
  get search() {
    return this.page.getByRole("searchbox");
  }

  /** Takes over a run that was begun elsewhere, by its id there; ends on its page. */
  async takeOver(provider, job) {
    await this.page.getByText("Take over a run that was begun elsewhere").click();
    await this.page.getByLabel("At").selectOption({ label: provider });
    await this.page.getByLabel("Its id there").fill(job);
    await this.page.getByRole("button", { name: "Take it over" }).click();
    await this.page.waitForURL(/\/runs\/[^/]+$/);
  }

  entry(question) {
    return this.page.getByRole("main").getByRole("link", { name: question });
  }
}
