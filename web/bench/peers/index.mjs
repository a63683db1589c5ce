export { markedPurified } from "./marked.mjs";
export { markdownToJsx, reactMarkdown, streamdown } from "./react.mjs";
