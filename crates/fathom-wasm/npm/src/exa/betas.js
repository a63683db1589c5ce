/** The header by which previews are asked for. */
export function betas(options) {
  const names = options?.betas?.filter(Boolean) ?? [];
  return names.length > 0 ? { "exa-beta": names.join(",") } : undefined;
}
