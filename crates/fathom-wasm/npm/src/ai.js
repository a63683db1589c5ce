/**
 * Tools for the Vercel AI SDK: a quick look at the web, and research that takes its time.
 *
 * They are plain objects, so nothing of that SDK is loaded here: whoever uses it hands them to it.
 */
export { deepResearch } from "./ai/deep-research.js";
export { webSearch } from "./ai/web-search.js";
