import { App } from "./app.mjs";

/** A stored document, opened at the passage that a citation points to. */
export class SourcePage extends App {
  get title() {
    return this.page.getByRole("heading", { level: 1 });
  }

  get passage() {
    return this.page.locator("mark").first();
  }

  /** Whether the passage can be seen without scrolling. */
  passageIsInView() {
    return this.passage.evaluate((mark) => {
      const box = mark.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight;
    });
  }
}
