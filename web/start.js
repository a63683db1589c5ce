import start from "./fathom-web.js";

await start();
