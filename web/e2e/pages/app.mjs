// What every page has: the head, the ways to get around, the look.

export class App {
  constructor(page, url) {
    this.page = page;
    this.url = url;
  }

  open(path = "/") {
    return this.page.goto(this.url + path);
  }

  link(name) {
    return this.page.getByRole("banner").getByRole("link", { name, exact: true });
  }

  /** How far the page is wider than the window; 0 unless it scrolls sideways. */
  overflow() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
