import { App } from "./app.mjs";

/** Every run, newest first. */
export class HistoryPage extends App {
  get search() {
    return this.page.getByRole("searchbox");
  }

  entry(question) {
    return this.page.getByRole("main").getByRole("link", { name: question });
  }
}
