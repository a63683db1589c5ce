// The bench in a Worker: the setting comes as a request, the figures are the reply.

import { bench } from "./bench.mjs";

export default {
  async fetch(request) {
    return Response.json(await bench(await request.json()));
  },
};
