import { App } from "./app.mjs";

/** The page where a question is asked. */
export class AskPage extends App {
  get question() {
    return this.page.getByRole("textbox", { name: "Question" });
  }

  get send() {
    return this.page.getByRole("button", { name: "Ask", exact: true });
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
