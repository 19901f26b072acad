// Shows every element in every state. Figures are made up, errors are real: this instance is asked for what it has not.
import { SAMPLES } from './samples.js';

const GERMAN = {
  lang: 'de',
  label: 'März',
  words: { name: 'Zahlen', visits: 'Besuche', visitors: 'Besucher' },
};
const ARABIC = {
  lang: 'ar-EG',
  dir: 'rtl',
  label: 'مارس',
  words: { name: 'أرقام', visits: 'زيارات', visitors: 'زوار', views: 'مشاهدات' },
};

/** What each element is shown with, in all states. */
const ELEMENTS = {
  'oxi-count': { about: 'A number, in a line of text.', sentence: true },
  'oxi-history': {
    about: 'A figure over time. Point at it, or focus it and press the arrow keys.',
    compare: 'previous-period',
  },
  'oxi-totals': { about: 'The figures of a range, and how they have changed.', compare: 'previous-period' },
  'oxi-top': { about: 'Which pages, referrers or countries had most visits.', first: 5 },
  'oxi-live': { about: 'Who is here now, and the last 30 minutes.', pages: 3 },
  'oxi-visits': { about: 'The single visits of a page.', path: '/tide-pools', first: 6 },
};

/** A state is made of what its elements are given. `data` names the sample; without `asks` nothing is asked. */
const STATES = [
  { title: 'With figures', data: 'full', label: 'March' },
  { title: 'Without label', data: 'full' },
  { title: 'Before the figures are there', label: 'March' },
  { title: 'Nothing counted yet', data: 'empty', label: 'March' },
  { title: 'A site that is unknown', asks: true, site: 'no-such-site', label: 'March' },
  {
    title: 'Figures that cannot be read again',
    asks: true,
    site: 'no-such-site',
    data: 'full',
    label: 'March',
  },
  { title: 'Its own content instead', asks: true, site: 'no-such-site', content: 'a few' },
  { title: 'Light', data: 'full', label: 'March', frame: 'light' },
  { title: 'Dark', data: 'full', label: 'March', frame: 'dark' },
  { title: 'In German', data: 'full', ...GERMAN },
  { title: 'In Arabic, from right to left', data: 'full', ...ARABIC },
  { title: 'Narrow', data: 'full', label: 'March', frame: 'narrow' },
  { title: 'In other colours', data: 'full', label: 'March', frame: 'themed' },
];

// What was rendered ahead is a specimen too.
for (const element of document.querySelectorAll('#rendered [data]')) keep(element);
await import('/widgets.js');
const gallery = document.querySelector('#gallery');
gallery.append(...Object.keys(ELEMENTS).map(sectionOf));
document.querySelector('#contents').append(...Object.keys(ELEMENTS).map(linkTo));

function sectionOf(tag) {
  const section = build('section', { id: tag });
  section.append(
    build('h2', {}, `<${tag}>`),
    build('p', { class: 'about' }, ELEMENTS[tag].about),
    ...STATES.map((state) => specimenOf(tag, state)),
  );
  return section;
}

function linkTo(tag) {
  const item = build('li');
  item.append(build('a', { href: `#${tag}` }, `<${tag}>`));
  return item;
}

function specimenOf(tag, { title, frame = 'plain', ...state }) {
  const figure = build('figure', { class: `specimen ${frame}`, 'data-state': title });
  const stage = build('div', { class: 'stage', ...(state.dir && { dir: state.dir }) });
  const element = elementOf(tag, state);
  if (ELEMENTS[tag].sentence) {
    const sentence = build('p', {}, state.lang ? '' : 'This page was read ');
    sentence.append(element, state.lang ? '' : ' times.');
    stage.append(sentence);
  } else stage.append(element);
  figure.append(build('figcaption', {}, title), stage);
  return figure;
}

function elementOf(tag, { data, asks = false, content, label, words, dir: _dir, ...attributes }) {
  const { about: _about, sentence, ...own } = ELEMENTS[tag];
  const named = { ...own, ...attributes };
  if (!sentence) Object.assign(named, label && { label }, words && { words: JSON.stringify(words) });
  const element = build(tag, named, content);
  if (data) element.data = SAMPLES[tag][data];
  if (!asks) keep(element);
  return element;
}

/** A specimen stays as it is: it is not looked up whether there is something newer. */
function keep(element) {
  element.refresh = async () => {};
}

function build(tag, attributes = {}, text = '') {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(text);
  return element;
}
