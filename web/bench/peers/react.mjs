// The two React renderers, used as their own documentation shows.
import { createElement as h } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { Streamdown } from "streamdown";
import Markdown from "markdown-to-jsx/react";

function reactPeer(element) {
  return (host) => {
    const root = createRoot(host);
    return {
      show: (text) => root.render(element(text)),
      showNow: (text) => flushSync(() => root.render(element(text))),
      close: () => root.unmount(),
    };
  };
}

export const reactMarkdown = reactPeer((text) => h(ReactMarkdown, { remarkPlugins: [remarkGfm] }, text));
export const streamdown = reactPeer((text) => h(Streamdown, null, text));
export const markdownToJsx = reactPeer((text) => h(Markdown, null, text));
