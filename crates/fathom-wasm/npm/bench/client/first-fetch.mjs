// The first poll of a process that needs no client.

export async function first(base) {
  const reply = await fetch(`${base}/agent/runs/2000`, { headers: { "x-api-key": "key" } });
  return (await reply.json()).output.text;
}
