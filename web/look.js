// A chosen look holds from the first paint on.
try {
  const look = localStorage.getItem("fathom.look");
  if (look === "light" || look === "dark") document.documentElement.dataset.theme = look;
} catch {
  // The browser keeps nothing, so there is no choice to honour.
}
