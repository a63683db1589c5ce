import { App } from "./app.mjs";

/** The page where a question is asked. */
export class AskPage extends App {
  get question() {
    return this.page.getByRole("textbox", { name: "Question" });
  }

  get send() {
    return this.page.getByRole("button", { name: "Ask", exact: true });
  }

  /** Asks exactly these places. */
  async choose(names) {
    await this.page.getByRole("button", { name: /^(Where|Ask) \S/ }).click();
    const places = this.page.getByRole("group", { name: /Where to ask/ });
    for (const name of names) await places.getByRole("checkbox", { name: new RegExp(`^${name}`) }).check();
    for (const place of await places.getByRole("checkbox").all()) {
      const label = await place.evaluate((box) => box.labels[0].textContent);
      if (!names.some((name) => label.startsWith(name))) await place.uncheck();
    }
  }

  async depth(name) {
    await this.page.getByRole("radio", { name: new RegExp(name, "i") }).check({ force: true });
  }

  /** Writes the question and sends it; ends on the run's page. */
  async ask(question) {
    await this.question.fill(question);
    await this.send.click();
    await this.page.waitForURL(/\/runs\/[^/]+$/);
  }
}
