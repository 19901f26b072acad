import { css } from 'lit';
import { buttonStyles } from '../dashboard/styles/buttons.ts';
import { dialogStyles } from '../dashboard/styles/dialogs.ts';
import { fieldStyles } from '../dashboard/styles/fields.ts';
import { groundStyles } from '../dashboard/styles/ground.ts';
import { snippetStyles } from '../dashboard/styles/snippet.ts';
import { tabStyles } from '../dashboard/styles/tabs.ts';
import { theme } from '../widget/theme.ts';

/** Forms and lists, on what the dashboard looks like. */
const ownStyles = css`
  [role='tabpanel'],
  .list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .heading,
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    min-block-size: 2.5rem;
  }
  .heading h2 {
    font-size: 1.25rem;
    overflow-wrap: anywhere;
  }
  h2:focus {
    outline: none;
  }
  h3 {
    margin: 0;
    font-size: 1rem;
    font-weight: 650;
  }
  .list {
    gap: 0.75rem;
  }
  .list > li,
  .form,
  .card,
  .notice {
    min-inline-size: 0;
    padding: 1rem 1.25rem;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--surface);
  }
  .list > li {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: 0.75rem 1.5rem;
  }
  .list > li[data-dim] .what {
    color: var(--quiet);
  }
  .what {
    display: grid;
    flex: 1 1 18rem;
    gap: 0.35rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .actions,
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .tag {
    padding: 0.05rem 0.55rem;
    border: 1px solid var(--line);
    border-radius: 1rem;
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .tag[data-state='active'],
  .tag[data-state='good'] {
    border-color: transparent;
    background: var(--bar);
    color: var(--ink);
  }
  .tag[data-state='deleting'] {
    border-color: var(--alarm);
    color: var(--alarm);
  }
  .form,
  .selected {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.125rem;
  }
  dialog .form {
    padding: 0;
    border: 0;
  }
  .form > :not(fieldset) {
    max-inline-size: 38rem;
  }
  .selected {
    padding-inline-start: 1.125rem;
    border-inline-start: 2px solid var(--line);
  }
  .form:not(:has([value='SELECTED']:checked)) .selected {
    display: none;
  }
  .field {
    font-weight: 400;
  }
  .field label {
    font-weight: 600;
  }
  .choice select {
    inline-size: 12rem;
  }
  .field input,
  .field textarea,
  .field select {
    inline-size: 100%;
  }
  small {
    display: block;
    font-weight: 400;
    font-size: 0.875rem !important;
  }
  textarea {
    min-block-size: 4.5rem;
    padding: 0.4rem 0.8rem;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    resize: vertical;
  }
  ::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  [data-refused] :is(input, textarea, select) {
    border-color: var(--alarm);
  }
  fieldset {
    display: grid;
    gap: 0.5rem;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    font-size: 0.9375rem;
  }
  legend {
    padding: 0;
    margin-block-end: 0.25rem;
    font-weight: 600;
  }
  .option {
    display: flex;
    gap: 0.6rem;
    cursor: pointer;
  }
  .option input {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    min-block-size: 0;
    margin: 0.15rem 0 0;
    accent-color: var(--accent);
  }
  .danger {
    border-color: var(--alarm);
    color: var(--alarm);
  }
  .settings {
    display: grid;
    gap: 0.5rem 1.5rem;
  }
  .settings > div,
  .facts > div {
    display: grid;
    align-content: start;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .settings {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 10.5rem), 1fr));
    gap: 0.35rem 1rem;
    font-size: 0.9375rem;
  }
  .said {
    display: grid;
    min-block-size: 1.45em;
    /* Room for a line that mostly is empty. */
    margin-block: -0.75rem -0.5rem;
    overflow-wrap: anywhere;
  }
  .failure {
    padding: 0.6rem 0.6rem 0.6rem 1rem;
    border: 1px solid var(--alarm);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    text-align: start;
  }
  .day {
    display: none;
  }
  .form:has([value='on-day']:checked) .day {
    display: block;
  }
  ol {
    margin: 0;
    list-style: none;
  }
  .log > li {
    padding-block: 0.6rem;
    border-block-end: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  .log > :last-child {
    border: 0;
  }
  .change {
    font-size: 0.9375rem;
  }
  .once {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    border-color: var(--accent);
  }
  .loading {
    display: grid;
    gap: 0.75rem;
    align-content: start;
    /* What is below would be pushed out of view by what comes. */
    min-block-size: 100vh;
    animation: fade-in 0.3s 0.25s both;
  }
  @keyframes fade-in {
    from {
      opacity: 0;
    }
  }
  .loading .ghost {
    block-size: 6rem;
    border-radius: 0.75rem;
  }
  @container (max-width: 30rem) {
    .facts {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .list > li,
    .form {
      padding: 0.875rem;
    }
    dialog .form {
      padding: 0;
    }
  }
`;

export const administrationStyles = [
  theme,
  groundStyles,
  buttonStyles,
  fieldStyles,
  dialogStyles,
  tabStyles,
  snippetStyles,
  ownStyles,
];
