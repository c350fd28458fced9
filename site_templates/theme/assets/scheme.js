/* The colours that the reader chose, before the page is painted. The theme's own script keeps the choice, and writes
 * the same into each page instead.
 */
(() => {
  "use strict"

  const colours = window.__md_get?.("__palette")?.color
  if (!colours) return
  if (colours.media === "(prefers-color-scheme)") { // the reader left it to the machine
    const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"
    const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${scheme})"]`)
    for (const name of ["media", "scheme", "primary", "accent"]) colours[name] = input?.getAttribute(`data-md-color-${name}`)
  }
  for (const [name, value] of Object.entries(colours)) document.body.setAttribute(`data-md-color-${name}`, value)
})()
