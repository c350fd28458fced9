/* Progressive enhancement only: every page is complete without this file.
 *
 * start() may run more than once on a page: with instant navigation the theme swaps the content
 * under a living script and emits on document$.
 */
(() => {
  "use strict"

  const HOME = new URL("..", document.currentScript.src).href
  const ENTRY = /^((?:people|countries|organizations|events|topics|sources|claims|articles)\/(?!index(?:\.html)?$)[a-z0-9-]+)(?:\/|\.html|\/index\.html)?$/

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }

  /* A list narrowed by what its template offers: the events of a timeline, quotations. The choice stands in the
   * address, so that /timeline/?person=qin-gang can be sent to somebody; the back button undoes a step. */
  const narrow = (form) => {
    const sheet = form.parentElement
    const items = [...sheet.querySelectorAll(".d-item")].map((item) => ({
      item,
      about: new Set(item.dataset.about.split(" ")),
      day: item.dataset.day ?? item.querySelector("time")?.dateTime ?? "",
    }))
    const fields = [...form.elements].filter((field) => field.name)
    const count = form.querySelector("output")
    const reset = form.querySelector("[type=reset]")
    const ways = [...document.querySelectorAll(".d-periods a")].map((link) => [link, link.getAttribute("href")])
    const parts = sheet.querySelectorAll(".d-group, .d-timeline, .d-fragments")
    let last = null // the field that made the present step

    const read = () => {
      const query = new URLSearchParams(location.search)
      for (const field of fields) {
        const wanted = query.get(field.name) ?? ""
        // What is asked for may be on another page: then nothing of it is here, and the list says so.
        if (field.options && ![...field.options].some(({ value }) => value === wanted))
          field.append(make("option", { value: wanted, textContent: wanted }))
        field.value = wanted
      }
    }
    const apply = () => {
      const chosen = fields.filter(({ value }) => value)
      const from = form.elements.from?.value ?? ""
      const to = form.elements.to?.value ?? ""
      const wanted = chosen.filter(({ options }) => options).map(({ name, value }) => `${name}:${value}`)
      let shown = 0
      for (const { item, about, day } of items) {
        // A date that is not a whole day, 2023-03, is within what it may be in.
        const inside = !(from || to) || (day && day >= from.slice(0, day.length) && (!to || day <= to))
        const fits = inside && wanted.every((mark) => about.has(mark))
        item.hidden = !fits
        if (fits) shown += 1
      }
      for (const part of parts) part.hidden = !part.querySelector(".d-item:not([hidden])")
      for (const link of sheet.querySelectorAll(".d-sections a[href^='#']"))
        (link.closest("span") ?? link).hidden = !!document.getElementById(link.hash.slice(1))?.closest("[hidden]")
      const number = items.length.toLocaleString("en")
      const all = `${number} ${form.dataset.noun}${items.length === 1 ? "" : "s"}${"part" in form.dataset ? " on this page" : ""}`
      count.textContent = chosen.length ? `${shown.toLocaleString("en")} of ${all}` : ""
      reset.hidden = !chosen.length
      sheet.classList.toggle("d-narrowed", chosen.length > 0)
      const query = String(asked())
      for (const [link, href] of ways) link.setAttribute("href", query ? `${href}?${query}` : href)
    }
    const asked = () => new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value]))
    const remember = (field) => {
      const address = new URL(location)
      address.search = asked()
      // A date is typed digit by digit: that is one step.
      const how = field && field === last && field.type === "date" ? "replaceState" : "pushState"
      if (address.href !== location.href) history[how](null, "", address)
      last = field
    }

    form.addEventListener("change", (event) => { apply(); remember(event.target) })
    form.addEventListener("submit", (event) => event.preventDefault())
    form.addEventListener("reset", (event) => {
      event.preventDefault()
      for (const field of fields) field.value = ""
      apply()
      remember(null)
      fields[0]?.focus()
    })
    const again = () => { last = null; read(); apply() }
    addEventListener("popstate", again)
    addEventListener("pageshow", again) // a browser may have put other values back into the fields
    form.hidden = false
    again()
  }

  /* The keys of the theme's search lead to the search box, where the site has one of its own. */
  const findByKey = () => document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches?.(".d-search-box input")) event.target.blur()
    if (!["s", "f", "/"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest("input, select, textarea, [contenteditable]")) return
    const shown = [...document.querySelectorAll(".d-find-form input, .d-search-box input, .d-search-link")]
      .find((element) => element.offsetParent)
    if (!shown) return
    event.preventDefault()
    if (shown.href) location.assign(shown.href)
    else shown.focus()
  })

  /* What is known of an entry at a glance, from scripts that are loaded when the first link is pointed at. */
  const scripts = new Map()
  const load = (path) => {
    if (!scripts.has(path))
      scripts.set(path, new Promise((resolve, reject) => {
        document.head.append(make("script", { src: HOME + path, onload: resolve, onerror: reject }))
      }))
    return scripts.get(path)
  }
  const part = (address, parts) => {
    let number = 2166136261 // FNV-1a, as in export/previews.py
    for (const letter of address) number = Math.imul(number ^ letter.charCodeAt(0), 16777619) >>> 0
    return number % parts
  }
  const glance = async (address) => {
    await load("assets/previews.js")
    const { cards, parts } = window.dossierPreviews
    if (!(address in cards) && parts) await load(`assets/previews/${part(address, parts)}.js`)
    return cards[address]
  }
  /* The entry that a link leads to, as people/qin-gang; nothing for a place within a page, and for this page. */
  const entry = (link) => {
    const { pathname, hash } = new URL(link.href)
    if (!link.href.startsWith(HOME) || hash || pathname === location.pathname) return null
    return link.href.slice(HOME.length).replace(/\?.*/, "").match(ENTRY)?.[1] ?? null
  }

  /* Beside a link while it is pointed at or has the focus: the words that a citation stands for, which are in the page
   * already, or what is known of the entry it leads to. Escape closes it; touching follows the link. */
  const previewLinks = () => {
    const card = make("div", { className: "d-preview", id: "d-preview", hidden: true })
    card.setAttribute("role", "tooltip")
    let shown = null
    let wanted = null
    let timer = 0

    const hide = () => {
      clearTimeout(timer)
      card.hidden = true
      shown?.removeAttribute("aria-describedby")
      shown = wanted = null
    }
    const content = async (link) => {
      const { quoted } = link.dataset // words that begin with a quotation mark need no other
      if (quoted) return [make(/^[“”"‘'«„]/.test(quoted) ? "span" : "q", { textContent: quoted })]
      const [name, kind, ...lines] = (await glance(entry(link)).catch(() => null)) ?? []
      if (!lines.length) return [] // the link says as much itself
      return [make("p", {}, make("b", { textContent: name }), ` ${kind}`), ...lines.map((textContent) => make("p", { textContent }))]
    }
    const show = async (link) => {
      clearTimeout(timer)
      if (link === shown) return
      hide()
      wanted = link
      const words = await content(link)
      if (wanted !== link || !words.length) return // the reader has gone on meanwhile
      shown = link
      card.replaceChildren(...words)
      card.classList.toggle("d-glance", !link.dataset.quoted)
      link.setAttribute("aria-describedby", card.id)
      link.closest(".md-content").append(card)
      card.hidden = false
      const frame = card.offsetParent.getBoundingClientRect()
      const place = link.getClientRects()[0]
      const left = Math.min(place.left, document.documentElement.clientWidth - card.offsetWidth - 8)
      const above = place.bottom + card.offsetHeight > innerHeight && place.top > card.offsetHeight
      card.style.left = `${Math.max(8, left) - frame.left}px`
      card.style.top = `${(above ? place.top - card.offsetHeight - 6 : place.bottom + 6) - frame.top}px`
    }
    /* Beside words that are quoted in full the card would only repeat them. In a picture a link has a title. */
    const told = (event) => {
      const link = event.target.closest?.(".md-content a[href]")
      if (!(link instanceof HTMLAnchorElement)) return null
      return link.dataset.quoted ? link.closest(".d-quote") ? null : link : entry(link) && link
    }
    const wait = (link, quoted, other) => {
      clearTimeout(timer)
      timer = setTimeout(show, link.dataset.quoted ? quoted : other, link)
    }

    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return
      const link = told(event)
      if (link) wait(link, 150, 300)
      else if (card.contains(event.target)) clearTimeout(timer)
    })
    document.addEventListener("pointerout", (event) => {
      if (event.pointerType === "touch" || !(told(event) || card.contains(event.target))) return
      clearTimeout(timer)
      timer = setTimeout(hide, 200)
    })
    document.addEventListener("focusin", (event) => {
      const link = told(event)
      if (link?.matches(":focus-visible")) wait(link, 0, 400) // who goes on to the next link is not held up
    })
    document.addEventListener("focusout", (event) => { if (told(event)) hide() })
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide() })
  }

  /* The panel beside an article follows the reader: what the paragraphs in view name and whom they quote is marked. */
  const followReader = (sheet) => {
    const listed = [...sheet.querySelectorAll(".d-panel li")].map((item) => ({ item, link: item.querySelector("a") }))
    const entry = (link) => link?.pathname.replace(/(?:\/|\/index\.html|\.html)$/, "").split("/").slice(-2).join("/")
    const seen = new Set()
    const watch = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target)
      const found = [...seen].flatMap((paragraph) => [...paragraph.querySelectorAll("[data-ref], [data-speaker]")])
      const named = new Set(found.map(({ dataset }) => dataset.ref ?? dataset.speaker))
      for (const { item, link } of listed) item.classList.toggle("d-here", named.has(entry(link)))
    }, { rootMargin: "-20% 0px -55% 0px" })
    for (const paragraph of sheet.querySelectorAll(".d-text > p")) watch.observe(paragraph)
  }

  /* The theme's menu of small screens is opened by a label, which no key reaches: a button takes its place. */
  const menuByKey = (label) => {
    const box = document.getElementById("__drawer")
    const button = make("button", { type: "button", className: `${label.className} d-menu`, ariaLabel: "Menu" }, ...label.childNodes)
    const tell = () => { button.ariaExpanded = String(box.checked) }
    button.addEventListener("click", () => box.click())
    box.addEventListener("change", tell)
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.checked) return
      box.click()
      button.focus()
    })
    tell()
    label.replaceWith(button)
  }

  const once = (selector, enhance) => {
    for (const element of document.querySelectorAll(`${selector}:not([data-ready])`)) {
      element.dataset.ready = ""
      enhance(element)
    }
  }
  /* What was asked for where there is no such page, in words: /people/sergei-lavrov/ looks for "sergei lavrov". */
  const lookFor = (box) => {
    const name = location.pathname.replace(/\/(?:index\.html)?$|\.html$/, "").split("/").pop()
    try {
      box.value = decodeURIComponent(name).replace(/[^\p{L}\p{N}]+/gu, " ").trim().replace(/^404$/, "")
    } catch { /* an address that is not well formed says nothing */ }
  }

  const start = () => {
    once(".d-narrow", narrow)
    once(".d-article", followReader)
    once("#d-lost", lookFor)
    once("label.md-header__button[for=__drawer]", menuByKey)
  }

  findByKey()
  previewLinks()
  start()
  window.document$?.subscribe(start)
})()
