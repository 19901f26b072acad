import { css, html, type TemplateResult } from 'lit';

/** Rows of a list: a name that takes the room there is, and figures at the end. */
export const rowsStyles = css`
  .list {
    display: grid;
  }
  .list > * {
    grid-area: 1 / 1;
  }
  ol {
    align-self: start;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .row {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-auto-columns: auto;
    grid-auto-flow: column;
    gap: 0.75em;
    align-items: center;
    block-size: 2.125em;
    padding-inline: 0.6em;
    font-variant-numeric: tabular-nums;
    isolation: isolate;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .room {
    display: var(--oxi-room, block);
  }
  .room.loading {
    display: block;
  }
  .room .ghost {
    block-size: 1.1em;
  }
  .room .row:nth-child(3n + 2) .ghost {
    inline-size: 80%;
  }
  .room .row:nth-child(3n) .ghost {
    inline-size: 62%;
  }
  .empty {
    place-self: center;
    margin: 0;
    color: var(--quiet);
  }
`;

/** Keeps the room of so many rows, so that nothing below a list moves when it gets shorter or longer. */
export function roomTemplate(rows: number): TemplateResult {
  return html`<div class="room" aria-hidden="true">${placesOf(rows).map(() => html`<div class="row"></div>`)}</div>`;
}

/** Grey shapes in the room of so many rows. */
export function ghostRows(rows: number): TemplateResult {
  return html`
    <div class="room loading" aria-hidden="true">
      ${placesOf(rows).map(() => html`<div class="row"><div class="ghost"></div></div>`)}
    </div>
  `;
}

function placesOf(rows: number): undefined[] {
  return Array.from({ length: rows });
}
