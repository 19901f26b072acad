import { OxicountError } from '@oxicount/sdk/slim';
import { describe, expect, it } from 'vitest';
import { createBallot } from './ballot.ts';
import type { Vote, VotesData } from './votes-data.ts';

const votes = (up: number, down: number, mine: Vote | null = null): VotesData => ({
  up,
  down,
  score: up - down,
  mine,
});
const tally = (up: number, down: number) => ({ up, down, score: up - down });

/** An element and a service in the hands of the test. */
function world(first: VotesData | undefined = votes(5, 2)) {
  const shown: (VotesData | undefined)[] = [first];
  const sent: (Vote | null)[] = [];
  const told: string[] = [];
  let reply: { accept: (answer: VotesData | null) => void; refuse: (error: OxicountError) => void };
  const put = (data: VotesData) => {
    if (JSON.stringify(data) !== JSON.stringify(shown.at(-1))) shown.push(data);
  };
  const ballot = createBallot({
    shown: () => shown.at(-1),
    show: put,
    cast(vote) {
      sent.push(vote);
      return new Promise((accept, refuse) => {
        reply = { accept, refuse };
      });
    },
    refused: ({ code }) => told.push(code),
    doubt: () => told.push('doubt'),
  });
  return {
    ...ballot,
    shown,
    sent,
    told,
    now: () => shown.at(-1),
    push: (news: ReturnType<typeof tally>) => put(ballot.pushed(news)),
    async accept(answer: VotesData | null) {
      reply.accept(answer);
      await settled();
    },
    async refuse(code: 'NETWORK' | 'VOTE_NEEDS_VISIT') {
      reply.refuse(new OxicountError(code, code));
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a vote', () => {
  it.each<[string, VotesData, Vote, Vote | null, VotesData]>([
    ['cast', votes(5, 2), 'UP', 'UP', votes(6, 2, 'UP')],
    ['changed', votes(5, 2, 'UP'), 'DOWN', 'DOWN', votes(4, 3, 'DOWN')],
    ['taken back', votes(5, 2, 'DOWN'), 'DOWN', null, votes(5, 1)],
  ])('that is %s shows before the service has answered', async (_how, before, pressed, sent, after) => {
    const ballot = world(before);
    ballot.press(pressed);
    expect([ballot.now(), ballot.sent]).toEqual([after, [sent]]);
    await ballot.accept(after);
    expect([ballot.shown, ballot.told]).toEqual([[before, after], []]);
  });

  it('is corrected by what the service says', async () => {
    const ballot = world();
    ballot.press('UP');
    await ballot.accept(votes(9, 3, 'UP'));
    expect(ballot.now()).toEqual(votes(9, 3, 'UP'));
  });

  it('stays on show where the service takes it and tells nothing', async () => {
    const ballot = world();
    ballot.press('UP');
    await ballot.accept(null);
    expect([ballot.shown, ballot.told]).toEqual([[votes(5, 2), votes(6, 2, 'UP')], []]);
    ballot.press('UP');
    expect([ballot.now(), ballot.sent]).toEqual([votes(5, 2), ['UP', null]]);
  });

  it('that is refused is taken off again, and the reason told', async () => {
    const ballot = world();
    ballot.press('UP');
    await ballot.refuse('VOTE_NEEDS_VISIT');
    expect(ballot.shown).toEqual([votes(5, 2), votes(6, 2, 'UP'), votes(5, 2)]);
    expect(ballot.told).toEqual(['VOTE_NEEDS_VISIT']);
  });

  it('that may have arrived or not is asked after', async () => {
    const ballot = world();
    ballot.press('UP');
    await ballot.refuse('NETWORK');
    expect([ballot.now(), ballot.told]).toEqual([votes(5, 2), ['doubt', 'NETWORK']]);
  });

  it('before there are any votes to show is none', () => {
    const ballot = world();
    ballot.shown.push(undefined);
    ballot.press('UP');
    expect(ballot.sent).toEqual([]);
  });
});

describe('of votes in a row', () => {
  it('the last is sent after the first has arrived, and those between never', async () => {
    const ballot = world();
    for (const vote of ['UP', 'DOWN', 'UP', 'UP', 'DOWN'] as const) ballot.press(vote);
    expect([ballot.now(), ballot.sent]).toEqual([votes(5, 3, 'DOWN'), ['UP']]);
    await ballot.accept(votes(6, 2, 'UP'));
    expect([ballot.now(), ballot.sent]).toEqual([votes(5, 3, 'DOWN'), ['UP', 'DOWN']]);
    await ballot.accept(votes(5, 3, 'DOWN'));
    expect(ballot.now()).toEqual(votes(5, 3, 'DOWN'));
  });

  it('nothing more is sent where the last is the one that has arrived', async () => {
    const ballot = world();
    for (const vote of ['UP', 'DOWN', 'UP'] as const) ballot.press(vote);
    await ballot.accept(votes(6, 2, 'UP'));
    expect([ballot.now(), ballot.sent]).toEqual([votes(6, 2, 'UP'), ['UP']]);
  });

  it('the first stays where only the second is refused', async () => {
    const ballot = world();
    ballot.press('UP');
    ballot.press('DOWN');
    await ballot.accept(votes(6, 2, 'UP'));
    await ballot.refuse('VOTE_NEEDS_VISIT');
    expect(ballot.now()).toEqual(votes(6, 2, 'UP'));
  });

  it('none is sent after one that was refused, until the reader votes again', async () => {
    const ballot = world();
    ballot.press('UP');
    ballot.press('DOWN');
    await ballot.refuse('VOTE_NEEDS_VISIT');
    expect([ballot.now(), ballot.sent]).toEqual([votes(5, 2), ['UP']]);
    ballot.press('DOWN');
    expect([ballot.now(), ballot.sent]).toEqual([votes(5, 3, 'DOWN'), ['UP', 'DOWN']]);
  });
});

describe('a tally that is pushed', () => {
  it('leaves the own vote as it is', () => {
    const ballot = world(votes(5, 2, 'UP'));
    ballot.push(tally(8, 2));
    expect(ballot.now()).toEqual(votes(8, 2, 'UP'));
  });

  it('while a vote is on its way moves nothing, and is the answer of the service where it is the same', async () => {
    const ballot = world();
    ballot.press('UP');
    ballot.push(tally(5, 2));
    ballot.push(tally(6, 2));
    await ballot.accept(votes(6, 2, 'UP'));
    expect([ballot.shown, ballot.told]).toEqual([[votes(5, 2), votes(6, 2, 'UP')], []]);
  });

  it('and differs from the answer to a vote is asked after, as it may be older or newer', async () => {
    const ballot = world();
    ballot.press('UP');
    ballot.push(tally(7, 2));
    await ballot.accept(votes(6, 2, 'UP'));
    expect([ballot.now(), ballot.told]).toEqual([votes(6, 2, 'UP'), ['doubt']]);
  });

  it('while a vote is on its way that is refused shows then', async () => {
    const ballot = world();
    ballot.press('UP');
    ballot.push(tally(5, 9));
    await ballot.refuse('VOTE_NEEDS_VISIT');
    expect([ballot.now(), ballot.told]).toEqual([votes(5, 9), ['VOTE_NEEDS_VISIT']]);
  });
});

describe('an answer', () => {
  const standing = new AbortController().signal;

  it('is shown as it is', async () => {
    const { read } = world();
    expect(await read(async () => votes(1, 1, 'UP'), standing)).toEqual(votes(1, 1, 'UP'));
  });

  it('that was overtaken by a tally says nothing but whose own vote stands', async () => {
    const ballot = world();
    ballot.push(tally(8, 8));
    await ballot.read(async () => votes(7, 8, 'UP'), AbortSignal.abort());
    expect(ballot.now()).toEqual(votes(8, 8, 'UP'));
  });

  it('to a question before a vote does not undo it', async () => {
    const ballot = world();
    let answer = (_votes: VotesData) => {};
    const reading = ballot.read(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      standing,
    );
    ballot.press('UP');
    await ballot.accept(votes(6, 2, 'UP'));
    answer(votes(5, 2));
    expect(await reading).toEqual(votes(6, 2, 'UP'));
  });

  it('that came while a vote was on its way is asked for again where the vote is refused', async () => {
    const ballot = world();
    ballot.press('UP');
    expect(await ballot.read(async () => votes(7, 7), standing)).toEqual(votes(6, 2, 'UP'));
    await ballot.refuse('VOTE_NEEDS_VISIT');
    expect(ballot.told).toEqual(['doubt', 'VOTE_NEEDS_VISIT']);
  });
});
