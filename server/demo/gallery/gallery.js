// Shows every element in every state. Figures are made up, errors are real: this instance is asked for what it has not.
import { SAMPLES } from './samples.js';

/** What each element is shown with in all states, its names in three languages, and states that only it has. */
const ELEMENTS = {
  'oxi-count': { about: 'A number, in a line of text.', inText: true },
  'oxi-history': {
    about: 'A figure over time. Point at it, or focus it and press the arrow keys.',
    names: { en: 'Visits', de: 'Besuche', ar: 'الزيارات' },
    attributes: { compare: 'previous-period' },
  },
  'oxi-totals': {
    about: 'The figures of a range, and how they have changed.',
    names: { en: 'Totals', de: 'Summen', ar: 'المجموع' },
    attributes: { compare: 'previous-period' },
    states: [
      { title: 'To choose from', data: 'full', label: 'to choose from', selectable: '', figure: 'visitors' },
    ],
  },
  'oxi-top': {
    about: 'Which pages, referrers or countries had most visits.',
    names: { en: 'Pages', de: 'Seiten', ar: 'الصفحات' },
    attributes: { first: 5 },
    states: [
      {
        title: 'To choose from',
        data: 'full',
        label: 'to choose from',
        selectable: '',
        selected: '/slow-reading',
      },
    ],
  },
  'oxi-live': {
    about: 'Who is here now, and the last 30 minutes.',
    names: { en: 'Readers', de: 'Leser', ar: 'القراء' },
    attributes: { pages: 3 },
    states: [{ title: 'In a line of text', data: 'full', compact: '', inText: true }],
  },
  'oxi-visits': {
    about: 'The single visits of a page.',
    names: { en: 'Single visits', de: 'Einzelne Besuche', ar: 'زيارة بعد زيارة' },
    attributes: { path: '/tide-pools', first: 6 },
  },
  'oxi-votes': { about: 'Votes of readers on a page.', attributes: { path: '/tide-pools' }, inText: true },
};

const WORDS = {
  de: { visits: 'Besuche', visitors: 'Besucher', views: 'Aufrufe' },
  ar: { visits: 'زيارات', visitors: 'زوار', views: 'مشاهدات' },
};
const UNKNOWN = { asks: true, site: 'no-such-site' };

/**
 * What can be said of every element. `data` names the sample, `label` ends the label; without `asks` nothing is asked.
 * Every panel has a name of its own, as on any page with several of them.
 */
const STATES = [
  { title: 'With figures', data: 'full', label: 'in March' },
  { title: 'Without label', data: 'full' },
  { title: 'Before the figures are there', label: 'to come' },
  { title: 'Nothing counted yet', data: 'empty', label: 'of the first day' },
  { title: 'A site that is unknown', ...UNKNOWN, label: 'of nowhere' },
  { title: 'Figures that cannot be read again', ...UNKNOWN, data: 'full', label: 'as last seen' },
  { title: 'Its own content instead', ...UNKNOWN, content: 'a few' },
  { title: 'Light', data: 'full', label: 'by day', frame: 'light' },
  { title: 'Dark', data: 'full', label: 'by night', frame: 'dark' },
  { title: 'In German', data: 'full', label: 'im März', lang: 'de' },
  { title: 'In Arabic, from right to left', data: 'full', label: 'في مارس', lang: 'ar-EG', dir: 'rtl' },
  { title: 'Narrow', data: 'full', label: 'in a narrow place', frame: 'narrow' },
  { title: 'In other colours', data: 'full', label: 'in pink', frame: 'themed' },
];

// What was rendered ahead is a specimen too.
for (const element of document.querySelectorAll('#rendered [data]')) keep(element);
await import('../../widgets.js');
document.querySelector('#gallery').append(...Object.keys(ELEMENTS).map(sectionOf));

function sectionOf(tag) {
  const { about, states = [] } = ELEMENTS[tag];
  const section = build('section', { id: tag });
  section.append(
    build('h2', {}, `<${tag}>`),
    build('p', { class: 'about' }, about),
    ...[...STATES, ...states].map((state) => specimenOf(tag, state)),
  );
  return section;
}

function specimenOf(tag, { title, frame = 'plain', dir, inText = ELEMENTS[tag].inText, ...state }) {
  const figure = build('figure', { class: `specimen ${frame}`, 'data-state': title });
  const stage = build('div', { class: 'stage', ...(dir && { dir }) });
  const element = elementOf(tag, state);
  if (inText) {
    const sentence = build('p', {}, state.lang ? '' : 'The figure is ');
    sentence.append(element, state.lang ? '' : ', in the midst of words.');
    stage.append(sentence);
  } else stage.append(element);
  figure.append(build('figcaption', {}, title), stage);
  return figure;
}

function elementOf(tag, { data, asks = false, content, label, ...state }) {
  const { names, attributes } = ELEMENTS[tag];
  const language = state.lang?.slice(0, 2) ?? 'en';
  const element = build(tag, { ...attributes, ...state }, content);
  if (names) {
    const name = names[language];
    if (label) element.label = `${name} ${label}`;
    element.words = { name: `${name} without label`, ...WORDS[language] };
  }
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
