// marked with DOMPurify, the way their manuals join them.
import DOMPurify from "dompurify";
import { marked } from "marked";

export function markedPurified(host) {
  const show = (text) => {
    host.innerHTML = DOMPurify.sanitize(marked.parse(text));
  };
  return { show, showNow: show, close: () => host.replaceChildren() };
}
