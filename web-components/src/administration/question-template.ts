import { nothing, type TemplateResult } from 'lit';
import { dialogTemplate } from '../dashboard/dialog-template.ts';
import type { Room } from './room.ts';
import { deleteTemplate } from './sites/delete-template.ts';
import { revokeTemplate } from './tokens/revoke-template.ts';

/** The dialog with what is asked, if anything is. */
export function questionTemplate(room: Room): TemplateResult | typeof nothing {
  const { say, office } = room;
  const { question } = office;
  if (!question) return nothing;
  const [word, name, content] =
    question.kind === 'delete'
      ? ['delete-of', question.site.name, deleteTemplate(room, question)]
      : ['revoke-of', question.token.name, revokeTemplate(room, question)];
  const title = say(word, { name });
  return dialogTemplate(
    { name: question.kind, title, close: say('close'), closed: () => office.ask(undefined) },
    content,
  );
}
