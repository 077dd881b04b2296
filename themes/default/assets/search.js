// Searching the pages of a site, in one language. What is looked for stands in the page's address alone; all words come
// from the page's own template. The build takes out lines that are comments.
{
const template = document.querySelector('template#search')
const words = template.dataset
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}
const form = template.content.querySelector('form')
const input = form.elements.q
// What is said to those who listen; it is there before it says anything.
const status = make('p', { className: 'count' })
status.setAttribute('role', 'status')
const results = make('ol', { className: 'entries found' })
template.replaceWith(form, status, results)

const MOST = 30
const BEFORE = 8
const AFTER = 20

// Accents and capitals make no difference.
const fold = (text) => text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase()
// Some scripts have no space between words: there a word may begin anywhere.
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const begins = (word) => new RegExp((unspaced.test(word) ? '' : '(?:^|[^\\p{L}\\p{N}])') + word, 'u')

// The index is asked for when somebody is about to search.
let index
const load = () => {
  index ??= fetch(words.index).then((answer) => {
    if (!answer.ok) throw new Error(answer.status)
    return answer.json()
  }).then((entries) => entries.map((entry) => ({
    ...entry,
    title: fold(entry.t),
    headings: entry.h.map(([id, text]) => ({ id, text, folded: fold(text) })),
    text: fold(entry.s + ' ' + entry.x)
  })))
  index.catch(() => { index = undefined })
  return index
}

// A word counts most in the title, then in a heading; each must be somewhere.
const weigh = (entry, wanted) => {
  let weight = 0
  for (const word of wanted) {
    const inTitle = word.test(entry.title)
    const inHeading = entry.headings.some(({ folded }) => word.test(folded))
    if (!inTitle && !inHeading && !word.test(entry.text)) return 0
    weight += (inTitle ? 10 : 0) + (inHeading ? 4 : 0) + 1
  }
  return weight
}

// Some words round the first that was looked for, those that were looked for marked.
const excerpt = (entry, wanted) => {
  const all = (entry.s + ' ' + entry.x).split(/\s+/).filter(Boolean)
  const is = all.map((word) => wanted.some((pattern) => pattern.test(fold(word))))
  const first = Math.max(0, is.indexOf(true) - BEFORE)
  const line = make('p', {}, first > 0 ? '… ' : '')
  all.slice(first, first + BEFORE + AFTER).forEach((word, at) => {
    line.append(is[first + at] ? make('mark', { textContent: word }) : word, ' ')
  })
  if (first + BEFORE + AFTER < all.length) line.append('…')
  return line
}

const shown = (entry, wanted) => {
  const heading = entry.headings.find(({ folded }) => wanted.every((word) => word.test(folded)))
  const item = make('li', {}, make('h2', {}, make('a', { href: entry.u, textContent: entry.t })))
  if (entry.k) item.append(make('p', { className: 'date', textContent: entry.k }))
  if (heading && heading.text !== entry.t) {
    item.append(make('p', {}, make('a', { href: entry.u + '#' + heading.id, textContent: heading.text })))
  }
  item.append(excerpt(entry, wanted))
  return item
}

let asked = 0
const search = async () => {
  const now = ++asked
  const typed = input.value.trim()
  const state = new URLSearchParams(location.search)
  typed ? state.set('q', typed) : state.delete('q')
  history.replaceState(null, '', location.pathname + (String(state) && '?' + state) + location.hash)
  if (!typed) {
    status.textContent = ''
    results.replaceChildren()
    return
  }
  const wanted = fold(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(begins)
  try {
    const entries = await load()
    if (now !== asked) return
    const found = wanted.length ? entries.map((entry) => [weigh(entry, wanted), entry]).filter(([weight]) => weight) : []
    found.sort(([a], [b]) => b - a)
    results.replaceChildren(...found.slice(0, MOST).map(([, entry]) => shown(entry, wanted)))
    status.textContent = found.length ? words.found.replace('{n}', found.length) : words.none.replace('{q}', () => typed)
    if (found.length > MOST) status.textContent += ' ' + words.most.replace('{n}', MOST)
  } catch {
    if (now !== asked) return
    results.replaceChildren()
    status.textContent = words.failed
  }
}

let soon
input.addEventListener('focus', load, { once: true })
input.addEventListener('input', () => {
  clearTimeout(soon)
  soon = setTimeout(search, 150)
})
form.addEventListener('submit', (event) => {
  event.preventDefault()
  clearTimeout(soon)
  search()
})
const arrive = () => {
  input.value = new URLSearchParams(location.search).get('q') ?? ''
  search()
}
addEventListener('pageshow', arrive)
addEventListener('popstate', arrive)
}
