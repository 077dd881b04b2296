// Writes the site of a scheme that does not exist: a directory of as many sample people as asked for, the same every
// time, in two languages, with names in many scripts, every facet, and people who are full, paused or withdrawn.
//
//   node tests/browser/directory.mjs FOLDER COUNT [PEOPLE ON A PAGE]

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [folder, counted, size] = process.argv.slice(2)
const count = Number(counted)
if (!folder || !(count > 0)) throw new Error('usage: node directory.mjs FOLDER COUNT [PEOPLE ON A PAGE]')

/** A small generator of numbers (mulberry32), so that every run writes the same people. */
let seed = 20261122
function random() {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
const below = (limit) => Math.floor(random() * limit)
const pick = (list) => list[below(list.length)]
function some(list, least, most) {
  const left = [...list]
  return Array.from({ length: least + below(most - least + 1) }, () => left.splice(below(left.length), 1)[0])
}

const GIVEN = ['Siân', 'Llinos', 'Rhiannon', 'Ffion', 'Chlöe', 'Ngaio', 'Élise', 'Zoë', 'Łucja', 'Søren', 'Ines', 'Noor', 'Amina', 'Priya', 'Thandiwe', 'Wanjiru', 'Adaeze', 'Yewande', 'Maryam', 'Xin', 'Mei', 'Aiko', 'Ana', 'Björk', 'Ólöf', 'Dzsenifer', 'Nguyệt', 'Şule', 'Čeněk', 'Gwen']
const FAMILY = ['Sample', 'Sampleová', 'O’Sample', 'Sample-Ng', 'ap Sampl', 'Llsample', 'Chsample', 'Ddsample', 'Rhsample', 'Thsample', 'Phsample', 'Ffsample', 'van der Sample', 'Szsample', 'Æsample', 'Şample', 'Ñsample', 'Ösample', 'Sämple', 'Sámple']
/** Whole names in other scripts, each with the name it is sorted by; all of them say "sample". */
const OTHERS = [
  ['د. عينة الأمل', 'Aayina'], ['عينة النور', 'Ayina'], ['דוגמה כהן', 'Dugma'], ['样本美玲', 'Yangben'], ['範例 小明', 'Fanli'],
  ['Образец Анна', 'Obrazets'], ['Δείγμα Μαρία', 'Deigma'], ['नमूना देवी', 'Namuna'], ['견본 지우', 'Gyeonbon'], ['見本 はな', 'Mihon'],
  ['ตัวอย่าง มณี', 'Tuayang'], ['மாதிரி மீனா', 'Madiri'], ['ნიმუში ანა', 'Nimushi'],
]
const TITLES = ['Dr', 'Dr', 'Professor', 'Ms', '']
const INSTITUTIONS = {
  leeds: 'Sample University of Leeds', cardiff: { en: 'Sample Cardiff University', cy: 'Prifysgol Sampl Caerdydd' }, swansea: { en: 'Sample Swansea University', cy: 'Prifysgol Sampl Abertawe' },
  southampton: 'Sample University of Southampton', exeter: 'Sample University of Exeter', glasgow: 'Sample University of Glasgow', belfast: 'Sample University Belfast', norwich: 'Sample University of Norwich',
  keele: 'Sample Keele University', oxford: 'Sample University of Oxford', aberdeen: 'Sample University of Aberdeen', york: 'Sample University of York',
}
const STAGES = { professor: 'Professor', reader: 'Reader', 'senior-lecturer': 'Senior lecturer', lecturer: 'Lecturer', fellow: 'Research fellow' }
const DISCIPLINES = Object.fromEntries(['Anaesthesia', 'Cancer genetics', 'Cardiology', 'Epidemiology', 'Health economics', 'Immunology', 'Infection', 'Medical education', 'Mental health', 'Neuroscience', 'Paediatrics', 'Primary care', 'Public health', 'Respiratory medicine', 'Surgery', 'Women’s health'].map((label) => [label.toLowerCase().replace(/[^a-z]+/g, '-'), label]))
const OFFERS = Object.fromEntries(['Promotion', 'Grant applications', 'Returning from leave', 'Leadership', 'Research skills', 'Writing and publishing', 'Teaching', 'Working part time', 'Moving institution', 'Networks', 'Clinical and academic work together', 'First supervision'].map((label) => [label.toLowerCase().replace(/[^a-z]+/g, '-'), label]))
OFFERS.networks = { en: 'Networks', cy: 'Rhwydweithiau' }
const INTERESTS = ['Birth cohorts', 'Inequalities in child health', 'Trials in general practice', 'Antibiotic resistance', 'Sleep', 'Medical humanities', 'Rural health', 'Vaccines', 'Statistics', 'Simulation', 'Rehabilitation after stroke', 'Climate and health', 'Ageing', 'Health data', 'Sickle cell disease', 'Maternity care']
const LANGUAGES = ['cy', 'ur', 'ar', 'yo', 'zh', 'fr', 'pl', 'bn']

const quoted = (text) => JSON.stringify(text)
const list = (items) => `[${items.map(quoted).join(', ')}]`
const labels = (terms) => Object.entries(terms).map(([id, label]) => `  ${id}: ${typeof label === 'string' ? quoted(label) : `{label: {en: ${quoted(label.en)}, cy: ${quoted(label.cy)}}}`}\n`).join('')

function person(at) {
  const other = at % 12 === 7 ? OTHERS[Math.floor(at / 12) % OTHERS.length] : undefined
  const [given, family] = [pick(GIVEN), pick(FAMILY)]
  const title = pick(TITLES)
  const name = other ? other[0] : `${title} ${given} ${family}`.trim()
  const capacity = below(4)
  const state = at % 23 === 5 ? 'paused' : at % 29 === 11 ? 'withdrawn' : 'listed'
  const stage = pick(Object.keys(STAGES))
  const disciplines = some(Object.keys(DISCIPLINES), 1, 2)
  const consents = ['profile', ...(at % 5 === 0 ? ['search'] : []), ...(at % 7 === 0 ? ['social'] : [])]
  const lines = [
    `name: ${quoted(name)}`,
    `sort_name: ${quoted(other ? `${other[1]} ${at}` : `${family}, ${given}`)}`,
    `post: ${at % 9 === 4 ? `{en: ${quoted(`Sample post ${at}`)}, cy: ${quoted(`Swydd sampl ${at}`)}}` : quoted(`${STAGES[stage]} in ${DISCIPLINES[disciplines[0]]}`)}`,
    `institution: ${pick(Object.keys(INSTITUTIONS))}`, `stage: ${stage}`, `disciplines: ${list(disciplines)}`, `interests: ${list(some(INTERESTS, 0, 3))}`, `offers: ${list(some(Object.keys(OFFERS), 2, 4))}`,
    `languages: ${list(['en', ...some(LANGUAGES, 0, 1)])}`,
    ...(at % 4 === 0 ? ['pronouns: she/her'] : []),
    ...(at % 3 === 0 ? ['seeks: A sample sentence that says for whom.'] : []),
    'roles: [mentor]', `capacity: ${capacity}`, `taken: ${below(capacity + 1)}`,
    // Headings with the names of what the pages are made of.
    at === 6 ? `bio: ${quoted('## Shortlist\n\nA sample.\n\n## Filter\n\n## Main\n\n## Choices\n\n[Above](#main)')}`
      : at % 9 === 4 ? 'bio: {en: "A sample biography in English.", cy: "Bywgraffiad sampl yn Gymraeg."}' : 'bio: "A sample biography. It says nothing of anybody."',
    `links: {profile: "https://www.example.org/people/sample-${at}"}`,
    ...(at % 11 === 3 ? ['noindex: true'] : []),
    `status: ${state}`,
    `consent: {${consents.map((purpose) => `${purpose}: {given: 2026-02-09, wording: v1}`).join(', ')}}`, 'review_by: 2027-02-09',
  ]
  return state === 'withdrawn' ? 'status: withdrawn\non: 2026-11-01\n' : `${lines.join('\n')}\n`
}

const SITE = `title: {en: Sample Mentoring, cy: Mentora Sampl}
base_url: https://directory.example.org/
languages: [en, cy]
organisation: The Sample Mentoring Scheme
theme: two
contact:
  email: scheme@example.org
  form:
    link: "https://forms.office.com/Pages/ResponsePage.aspx?id=sample"
    fields: {first: r1a, second: r2b, third: r3c, all: r4d}
notice: Every person here is a sample.
menu: [{label: Find a mentor, link: /mentors/}]
${size ? `directory: {page_size: ${size}}\n` : ''}consent: {profile: {current: v1}}
`

const english = await readFile(join(dirname(fileURLToPath(import.meta.url)), '../../themes/default/i18n/en.yaml'), 'utf8')
const files = {
  'content/site.yaml': SITE,
  'content/vocabulary.yaml': `institutions:\n${labels(INSTITUTIONS)}stages:\n${labels(STAGES)}disciplines:\n${labels(DISCIPLINES)}offers:\n${labels(OFFERS)}`,
  'content/index.md': '---\ntitle: Sample mentoring\n---\n\n[Find a mentor](/mentors/)\n',
  'content/root/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>\n',
  'content/index.cy.md': '---\ntitle: Mentora sampl\n---\n\n[Mentoriaid](/mentors/)\n',
  // The words of the second language are the English ones, for want of a translation.
  'themes/two/i18n/cy.yaml': english,
}
for (let at = 0; at < count; at += 1) files[`content/mentors/sample-${String(at).padStart(4, '0')}.yaml`] = person(at)
for (const [path, text] of Object.entries(files)) {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}
