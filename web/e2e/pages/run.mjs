import { App } from "./app.mjs";

/** The page of one run: its timeline while it runs, its report when it is done. */
export class RunPage extends App {
  get title() {
    return this.page.getByRole("heading", { level: 1 });
  }

  get progress() {
    return this.page.getByRole("navigation", { name: "Progress" });
  }

  get stop() {
    return this.page.getByRole("button", { name: /^Stop/ });
  }

  get report() {
    return this.page.getByRole("article");
  }

  get markers() {
    return this.report.locator('[role="doc-biblioref"]');
  }

  get card() {
    return this.page.getByRole("dialog");
  }

  get sources() {
    return this.page.locator('[role="doc-bibliography"]');
  }

  /** The words of the report, whether on the screen or not; without the notes beside what is. */
  text() {
    return this.report.evaluate((article) => {
      const copy = article.cloneNode(true);
      for (const notes of copy.querySelectorAll(".notes")) notes.remove();
      return copy.textContent;
    });
  }

  /** Waits for the finished report. */
  async done() {
    await this.page.locator('article[aria-busy="false"]').waitFor({ timeout: 120_000 });
  }

  /** Pins the card of the marker at `index`. */
  async openCard(index) {
    await this.markers.nth(index).click();
    await this.card.waitFor();
  }
}
