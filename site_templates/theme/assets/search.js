/* The search page. It asks the index that Pagefind made of the pages; where that cannot be read
 * (file://), it looks through the list of names instead. What is asked for stands in the address:
 * ?q=lavrov&kind=Event&person=Wang+Yi&sort=date.
 */
(() => {
  "use strict"

  const root = document.querySelector(".d-find:not([data-ready])")
  if (!root) return
  root.dataset.ready = ""
  const { pagefind: program, names: list } = document.currentScript.dataset
  const home = new URL(".", new URL(list, document.baseURI)).href.replace(/assets\/$/, "")

  const FACETS = ["Kind", "Person", "Country", "Organization", "Topic", "Source", "Year"]
  const ENTRIES = ["Person", "Country", "Organization", "Event", "Topic", "Source", "Claim"]
  const AT_ONCE = 20
  const LOOKED_AT = 8 // entries
  const SHOWN = 6
  const EXCERPT = 36
  const TYPING = 200 // milliseconds without a key before a search begins
  // A sign that every page has, and that nobody types: to look at pages without looking for a word. Without it
  // Pagefind fetches its whole index for that, and passes over pages that are nothing but a name.
  const ANY = "ꙮ"
  const WEIGHTS = { title: 12, also: 10, when: 0.2 }

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children.filter((child) => child || child === 0))
    return element
  }
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase()
  const letters = (text) => plain(text).replace(/[^\p{L}\p{N}]+/gu, "")
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []

  /* What is asked for, from the address and back. */
  const asked = () => {
    const query = new URLSearchParams(location.search)
    const chosen = {}
    for (const facet of FACETS) {
      const values = query.getAll(facet.toLowerCase()).filter(Boolean)
      if (values.length) chosen[facet] = [...new Set(values)]
    }
    return { q: (query.get("q") ?? "").trim(), chosen, sort: query.get("sort") === "date" ? "date" : "relevance" }
  }
  const address = ({ q, chosen, sort }) => {
    const query = new URLSearchParams()
    if (q) query.set("q", q)
    for (const facet of FACETS) for (const value of chosen[facet] ?? []) query.append(facet.toLowerCase(), value)
    if (sort === "date") query.set("sort", sort)
    return location.pathname + (String(query) && `?${query}`)
  }

  /* The place in a page that has most of what was asked for: its paragraph, and the words around. */
  const passage = ({ raw_content: all = "", weighted_locations: hits = [], anchors = [] }) => {
    const content = all.replace(ANY, "").trim()
    const apart = content.includes("\u200B")
    const tokens = content.split(apart ? "\u200B" : /\s+/).map((t) => t.replaceAll("&lt;", "<").replaceAll("&gt;", ">"))
    const found = new Map(hits.filter(({ location }) => location < tokens.length)
      .map(({ location, balanced_score }) => [location, balanced_score]))
    const starts = anchors.filter(({ id }) => /^p\d+$/.test(id)).sort((a, b) => a.location - b.location)
    const parts = [{ location: 0 }, ...starts].map((start, n, all) => {
      const [from, to] = [start.location, all[n + 1]?.location ?? tokens.length]
      const inside = [...found].filter(([at]) => at >= from && at < to)
      return { id: start.id, from, to, first: Math.min(...inside.map(([at]) => at)), score: inside.reduce((sum, [, score]) => sum + score, 0) }
    })
    const numbered = parts.filter(({ id, score }) => id && score) // rather the words of an article than those about it
    const best = (numbered.length ? numbered : parts).reduce((a, b) => (b.score > a.score ? b : a))
    if (!found.size) best.to = tokens.length // the beginning of the page
    const from = Math.max(best.from, found.size ? Math.min(best.first - 8, best.to - EXCERPT) : 0)
    const to = Math.min(best.to, from + EXCERPT)
    const nodes = []
    if (from > best.from) nodes.push("… ")
    tokens.slice(from, to).forEach((token, n) => {
      const [, before, word, after] = token.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su)
      if (found.has(from + n) && word) nodes.push(before, make("mark", { textContent: word }), after)
      else nodes.push(token)
      if (!apart) nodes.push(" ")
    })
    if (to < best.to) nodes.push("…")
    return content ? { nodes, id: best.id } : { nodes: [] }
  }

  /* Pagefind: answers(state) gives the number of pages, the counts of the facets, and the pages in order. */
  const withPagefind = async () => {
    const pagefind = await import(new URL(program, document.baseURI))
    await pagefind.options({ ranking: { metaWeights: WEIGHTS, termFrequency: 0.6 } })
    await pagefind.filters() // without it no search counts anything
    const search = (q, chosen, sort) => pagefind.search(q || ANY, {
      // Pagefind reads a list as "all of these"; within a facet any will do.
      filters: Object.fromEntries(Object.entries(chosen).map(([facet, any]) => [facet, { any }])),
      ...(sort === "date" || !q ? { sort: { date: "desc" } } : {}),
    })
    /* An entry that is called just what was asked for comes first, however many articles have the words in their titles:
     * among the entries alone it is found near the top. */
    const namedFirst = async (found, q, { Kind: kinds, ...others }, sort) => {
      const wanted = ENTRIES.filter((kind) => !kinds || kinds.includes(kind))
      if (sort === "date" || !letters(q) || q.includes('"') || !wanted.length || found.results.length <= LOOKED_AT) return
      const { results } = await search(q, { ...others, Kind: wanted }, sort)
      const looked = await Promise.all(results.slice(0, LOOKED_AT).map(async (result) => [result, (await result.data()).meta]))
      const called = looked.filter(([, { title, also = "" }]) => [title, ...also.split(" · ")].some((name) => letters(name) === letters(q)))
      const first = new Set(called.map(([{ id }]) => id))
      found.results.sort((a, b) => first.has(b.id) - first.has(a.id))
    }
    return async ({ q, chosen, sort }) => {
      const found = await search(q, chosen, sort)
      const counts = { ...found.filters }
      // How many there would be with another value of a facet: as if nothing of it were chosen.
      await Promise.all(Object.keys(chosen).map(async (facet) => {
        const { [facet]: _, ...others } = chosen
        counts[facet] = (await search(q, others, sort)).filters[facet]
      }))
      await namedFirst(found, q, chosen, sort)
      const page = async (result) => {
        const data = await result.data()
        const { Kind: kind = [], Source: source = [] } = data.filters
        const place = passage(data)
        return {
          url: data.url, title: data.meta.title, also: (data.meta.also ?? "").split(" · ").filter(Boolean),
          kind: kind[0], source: kind[0] === "Article" ? source.join(", ") : "", when: data.meta.when,
          words: place.nodes, place: place.id,
        }
      }
      return { total: found.results.length, counts, pages: (from, to) => Promise.all(found.results.slice(from, to).map(page)) }
    }
  }

  /* The list of names: titles, other names and summaries, without the texts. */
  const withNames = async () => {
    await new Promise((resolve, reject) => {
      document.head.append(make("script", { src: list, onload: resolve, onerror: reject }))
    })
    const rows = window.dossierNames.map((row) => {
      const names = [row.title, ...(row.also ?? [])].flatMap(words)
      return { row, names, all: [...names, ...words(row.summary ?? ""), ...words(row.source ?? ""), ...words(row.when ?? "")] }
    })
    const facets = { Kind: (row) => row.kind, Source: (row) => row.source, Year: (row) => row.date?.slice(0, 4) }
    return async ({ q, chosen, sort }) => {
      const wanted = words(q)
      const has = (tokens) => wanted.every((word) => tokens.some((token) => token.startsWith(word)))
      const fits = ({ row }, but) => Object.entries(chosen).every(([facet, values]) =>
        facet === but || !facets[facet] || values.includes(facets[facet](row)))
      const matching = rows.filter(({ all }) => has(all))
      const counts = {}
      for (const [facet, value] of Object.entries(facets)) {
        counts[facet] = {}
        for (const one of matching) if (fits(one, facet) && value(one.row)) counts[facet][value(one.row)] = (counts[facet][value(one.row)] ?? 0) + 1
      }
      const rank = ({ names }) => (has(names) ? 0 : 1)
      const found = matching.filter((one) => fits(one)).sort((a, b) => (sort === "date" || !q
        ? (b.row.date ?? "").localeCompare(a.row.date ?? "") : rank(a) - rank(b) || a.names.length - b.names.length))
      const page = ({ row }) => ({ also: [], ...row, url: home + row.url, words: row.summary ? [row.summary] : [] })
      return { total: found.length, counts, pages: async (from, to) => found.slice(from, to).map(page) }
    }
  }

  /* The page. */
  const field = make("input", { type: "search", name: "q", id: "d-find-q", autocomplete: "off", spellcheck: false })
  field.setAttribute("autocapitalize", "off")
  const sorting = make("select", { name: "sort", id: "d-find-sort" },
    make("option", { value: "relevance", textContent: "Best match" }), make("option", { value: "date", textContent: "Newest first" }))
  const form = make("form", { className: "d-find-form" },
    make("label", { htmlFor: "d-find-q", textContent: "Search all entries and articles" }),
    make("div", { className: "d-find-line" }, field, make("button", { type: "submit", className: "d-button", textContent: "Search" })),
    make("p", { className: "d-small", textContent: "Put words in quotation marks to find them in a row." }))
  form.setAttribute("role", "search")
  const status = make("p", { className: "d-find-status" })
  status.setAttribute("role", "status")
  const chips = make("p", { className: "d-chips", hidden: true })
  const results = make("ol", { className: "d-results" })
  const more = make("button", { type: "button", className: "d-button", textContent: "More results", hidden: true })
  const groups = make("div", { className: "d-facet-groups" })
  const wide = matchMedia("(min-width: 60em)")
  const facets = make("details", { className: "d-facets", open: wide.matches },
    make("summary", {}, make("span", { textContent: "Narrow down" })), groups)
  wide.addEventListener("change", () => { facets.open = wide.matches })
  const head = make("div", { className: "d-find-head" }, status,
    make("label", { htmlFor: "d-find-sort" }, "Sort ", sorting))
  const grid = make("div", { className: "d-find-grid" }, facets,
    make("div", { className: "d-find-results" }, head, chips, results, more))

  let answers
  let latest = 0
  let shown = 0
  let answer
  let state = asked()
  const opened = new Set()

  const entry = ({ url, title, also, kind, source, when, words: text, place }, q) => {
    const link = make("a", { href: url, textContent: title })
    const known = also.filter((name) => q && letters(name).includes(letters(q)) && !letters(title).includes(letters(q)))
    const about = [kind, source, when].filter(Boolean).join(" · ")
    return make("li", {},
      make("p", { className: "d-what" }, link),
      make("p", { className: "d-role", textContent: about }),
      known.length ? make("p", { className: "d-role", textContent: `Also ${known.slice(0, 3).join(", ")}` }) : null,
      text.length ? make("p", { className: "d-excerpt" }, ...text,
        place ? make("a", { href: `${url}#${place}`, className: "d-para", textContent: `¶${place.slice(1)}`, ariaLabel: `Paragraph ${place.slice(1)} of ${title}` }) : null) : null)
  }

  const choice = (facet, value, count) => {
    const box = make("input", { type: "checkbox", name: facet.toLowerCase(), value, checked: state.chosen[facet]?.includes(value) ?? false })
    box.addEventListener("change", () => {
      const added = { ...state, chosen: { ...state.chosen, [facet]: [...(state.chosen[facet] ?? []), value] } }
      ask(box.checked ? added : without(facet, value), "push")
    })
    return make("label", { className: "d-choice" }, box, make("span", { textContent: value }), make("span", { className: "d-count", textContent: count.toLocaleString("en") }))
  }

  const without = (facet, value) => {
    const values = (state.chosen[facet] ?? []).filter((other) => other !== value)
    const { [facet]: _, ...others } = state.chosen
    return { ...state, chosen: values.length ? { ...others, [facet]: values } : others }
  }
  const showChips = () => {
    const chip = (textContent, ariaLabel, wanted) => {
      const button = make("button", { type: "button", className: "d-button", textContent, ariaLabel })
      button.addEventListener("click", () => { ask(wanted(), "push"); field.focus() })
      return button
    }
    const made = Object.entries(state.chosen).flatMap(([facet, values]) =>
      values.map((value) => chip(`${value} ×`, `Remove ${facet}: ${value}`, () => without(facet, value))))
    if (made.length > 1) made.push(chip("Remove all", "Remove all filters", () => ({ ...state, chosen: {} })))
    chips.replaceChildren(...made)
    chips.hidden = !made.length
  }

  const showFacets = () => {
    const held = document.activeElement
    const focused = groups.contains(held) && held.name ? [held.name, held.value] : null
    const made = FACETS.map((facet) => {
      const counts = Object.entries(answer.counts[facet] ?? {})
      const chosen = state.chosen[facet] ?? []
      for (const value of chosen) if (!counts.some(([one]) => one === value)) counts.push([value, 0])
      const offered = counts.filter(([value, count]) => count || chosen.includes(value))
      if (!offered.length || (offered.length === 1 && !chosen.length)) return null
      const rank = ([value]) => (chosen.includes(value) ? 0 : 1)
      offered.sort((a, b) => rank(a) - rank(b) || (facet === "Year" ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0])))
      const group = make("fieldset", { className: "d-facet" }, make("legend", { textContent: facet }))
      const first = offered.length === SHOWN + 1 ? offered.length : Math.max(SHOWN, chosen.length)
      group.append(...offered.slice(0, first).map((one) => choice(facet, ...one)))
      if (offered.length > first) {
        const rest = make("details", { open: opened.has(facet) },
          make("summary", { textContent: `${offered.length - first} more`, ariaLabel: `${offered.length - first} more: ${facet}` }),
          ...offered.slice(first).map((one) => choice(facet, ...one)))
        rest.addEventListener("toggle", () => opened[rest.open ? "add" : "delete"](facet))
        group.append(rest)
      }
      return group
    })
    groups.replaceChildren(...made.filter(Boolean))
    facets.hidden = !groups.childElementCount
    const number = Object.values(state.chosen).flat().length
    facets.firstElementChild.firstElementChild.textContent = number ? `Narrow down (${number} chosen)` : "Narrow down"
    showChips()
    if (focused) {
      [...groups.querySelectorAll("input")].find((box) => box.name === focused[0] && box.value === focused[1])?.focus()
    }
  }

  /* The pages that are called exactly what was asked for come first. */
  const exactFirst = (pages, q) => {
    const wanted = letters(q)
    if (!wanted) return pages
    const rank = ({ title, also }) => (letters(title) === wanted ? 0 : also.some((name) => letters(name) === wanted) ? 1 : 2)
    return pages.map((page, n) => [rank(page), n, page]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , page]) => page)
  }

  const said = () => {
    const { q } = state
    const number = answer.total === 1 ? "1 page" : `${answer.total.toLocaleString("en")} pages`
    const inRow = q.includes('"')
    const named = inRow ? q : `“${q}”`
    if (answer.total) return q ? `${number} for ${named}` : `${number}, the newest first`
    return words(q).length > 1 && !inRow ? `No page has all the words of ${named}.` : q ? `Nothing found for ${named}.` : "Nothing found."
  }

  const extend = async () => {
    const [number, from] = [latest, shown]
    let pages = await answer.pages(from, from + AT_ONCE)
    if (number !== latest || from !== shown) return null
    if (!from && state.sort === "relevance") pages = exactFirst(pages, state.q)
    shown += pages.length
    const items = pages.map((page) => entry(page, state.q))
    if (from) results.append(...items)
    else results.replaceChildren(...items)
    more.hidden = shown >= answer.total
    return items
  }

  /* Show what is asked for. `how`: push or replace the address, or leave it. */
  const ask = async (wanted, how) => {
    state = wanted
    const number = ++latest
    if (how && address(state) !== location.pathname + location.search)
      history[`${how}State`](how === "replace" ? history.state : null, "", address(state))
    if (document.activeElement !== field) field.value = state.q
    sorting.value = state.q ? state.sort : "date"
    sorting.disabled = !state.q
    const found = await answers(state)
    if (number !== latest) return
    answer = found
    shown = 0
    showFacets()
    await extend()
    if (number === latest) status.textContent = said()
  }

  let typing
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    clearTimeout(typing)
    ask({ ...state, q: field.value.trim() }, "push")
  })
  field.addEventListener("input", () => {
    clearTimeout(typing)
    typing = setTimeout(() => ask({ ...state, q: field.value.trim() }, "replace"), TYPING)
  })
  sorting.addEventListener("change", () => ask({ ...state, sort: sorting.value }, "push"))
  more.addEventListener("click", async () => (await extend())?.[0]?.querySelector("a")?.focus())
  const back = () => {
    if (!root.isConnected) return removeEventListener("popstate", back)
    field.value = asked().q
    return ask(asked())
  }
  addEventListener("popstate", back)

  const begin = async () => {
    if (location.protocol === "file:") {
      answers = await withNames()
      root.prepend(make("p", { className: "d-small", textContent: "Without a server the search knows titles, other names and summaries, not the texts." }))
    } else answers = await withPagefind()
    document.querySelector(".d-unfound")?.remove()
    root.append(form, grid)
    field.value = state.q
    await ask(state)
    if (!state.q) field.focus({ preventScroll: true })
  }
  begin().catch((error) => {
    root.append(make("p", { textContent: "The search could not be loaded. Everything can be found in the lists below." }))
    console.error(error)
  })
})()
