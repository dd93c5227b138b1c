import { bash, it, read, type SampleSession, you } from './sample-script.ts';

/** A custom agent, `reviewer`, that reads changes and says what it thinks. */
export const REVIEW_SESSIONS: readonly SampleSession[] = [
  {
    title: 'Review: SKIP LOCKED and two workers',
    agent: 'reviewer',
    project: 'trailhead',
    daysAgo: 79,
    at: '15:02',
    turns: [
      you(`Review the branch jobs-two-workers. Be strict, but tell me which remarks you would block on.`),
      it(
        `
        **Block**

        - \`claim()\` selects with \`SKIP LOCKED\` but commits before the job runs. If the worker dies, the job is lost. Keep the
          transaction open or write a lease with an end.

        **Should**

        - \`attempts\` is read and written in two statements. One \`UPDATE … RETURNING\` does both.

        **Taste**

        - \`doJob2\` wants a name that says what is different about it.
        `,
        bash(
          'git diff main...jobs-two-workers --stat',
          `
           packages/core/src/jobs.ts      | 84 ++++++++++++++++++++++++++-----------
           packages/core/src/jobs.test.ts | 61 +++++++++++++++++++++++++++
        `,
        ),
      ),
      you(`A lease then. Five minutes, renewed every minute?`),
      it(`
        Yes, and let the *database* say what time it is: \`now() + interval '5 minutes'\`. Two machines with clocks a minute apart
        would otherwise both believe that they own the job.
      `),
      you(`Pushed. Again please.`),
      it(
        `
        Good. The lease is right, the renewal stops when the job ends, and the test with two workers fails on the old code: I tried.

        One thing left under **taste**: the comment says *five minutes*, the constant says 300. Let the constant speak.

        **Approve.**
        `,
        bash(
          'git stash; pnpm test jobs; git stash pop; pnpm test jobs',
          `
          FAIL two workers never run the same job
          ok   two workers never run the same job
        `,
        ),
      ),
    ],
  },
  {
    title: 'Review: export job in cents',
    agent: 'reviewer',
    project: 'trailhead',
    daysAgo: 57,
    at: '11:48',
    turns: [
      you(`Review exports-in-cents. It's small, I hope.`),
      it(
        `
        Small and right, with one catch: \`Math.trunc(price * 100)\` on numbers that were parsed from text.

        \`\`\`ts
        Math.trunc(19.99 * 100) // 1998, not 1999
        \`\`\`

        Parse the digits instead: split at the dot, pad to two, join. Then there is no fraction to lose.
        `,
        read(
          'apps/worker/src/exports.ts',
          `
          44: const cents = Math.trunc(Number(field) * 100);
        `,
        ),
      ),
      you(`Is that real, or a textbook case?`),
      it(`
        Real enough: I ran both over last year's export. **9,100 of 214,000 rows** differ, by one cent each. Accounting compares
        totals, so somebody would search for those 91 euros for an afternoon.
      `),
      you(`Convinced. Fixed with a decimal parser and three of those rows as the test.`),
      it(
        `**Approve.** Thank you for using the real rows: whoever reads that test in two years will know why it is there.`,
      ),
    ],
  },
  {
    title: 'Review: WAL mode for packlist',
    agent: 'reviewer',
    project: 'packlist',
    daysAgo: 41,
    at: '19:20',
    turns: [
      you(`
        Side project time. I switched packlist to SQLite's WAL mode because the sync daemon blocked the CLI. Is there anything I
        overlooked?
      `),
      it(
        `
        WAL is the right choice here: one writer, many readers, one machine. What I would add:

        1. \`PRAGMA busy_timeout = 5000\`, or the second writer fails at once instead of waiting.
        2. \`PRAGMA synchronous = NORMAL\` is safe with WAL, and three times faster in your bench.
        3. **Backups:** copying \`pack.db\` alone misses what is still in \`pack.db-wal\`. Use \`VACUUM INTO\`, or copy both.
        4. It does not work on network shares. Say so in the README, somebody will try.
        `,
        bash(
          'rg -n "PRAGMA" src',
          `
          src/store.rs:41: conn.pragma_update(None, "journal_mode", "WAL")?;
        `,
        ),
      ),
      you(`Number 3 hit a user already, I just didn't understand the report. \`packlist backup\` copies one file.`),
      it(`
        Then that is the one to block on. \`VACUUM INTO 'backup.db'\` gives a single consistent file while others write:

        \`\`\`rust
        conn.execute("VACUUM INTO ?1", [target.to_str()])?;
        \`\`\`

        I would also answer the person who reported it: their rows are not lost, they are in the \`-wal\` beside it.
      `),
      you(
        `Decided: WAL, busy timeout 5 seconds, synchronous normal, backups by VACUUM INTO. I'll write to them tonight.`,
      ),
      it(
        `**Approve** with that. It is worth a line in CHANGELOG under *Fixed*, not *Changed*: for users it is a bug that went away.`,
      ),
    ],
  },
  {
    title: 'Review: rate limit',
    agent: 'reviewer',
    project: 'trailhead',
    daysAgo: 26,
    at: '09:15',
    turns: [
      you(`Review rate-limit-postgres before I switch it from observe to enforce.`),
      it(
        `
        I like that it is one statement. Two remarks:

        - **Block:** a new key starts with \`tokens = 0\`, so the very first request of a new partner is refused. Start with \`burst\`.
        - **Should:** \`Retry-After\` is rounded down; 0.4 s becomes 0 and the client comes back at once. Round up.
        `,
        bash(
          'git diff main...rate-limit-postgres -- apps/api/src/limits.ts | head -20',
          `
          +  const wait = Math.floor((1 - tokens) / rate);
        `,
        ),
      ),
      you(`Both fixed. Thanks, the first one would have been embarrassing: Priya demos to a new partner on Thursday.`),
      it(
        `**Approve.** I checked with a key that was created a second ago: the first 40 requests pass, the 41st waits a second.`,
      ),
    ],
  },
  {
    title: 'Review: hut search index',
    agent: 'reviewer',
    project: 'trailhead',
    daysAgo: 10,
    at: '14:27',
    turns: [
      you(`Last look at the index migration before Wednesday, please.`),
      it(
        `
        - \`CREATE INDEX CONCURRENTLY\` can't run inside a transaction, and our migration tool opens one. Add \`-- no-transaction\` at
          the top or it fails at 07:00 with Amara watching. **Block.**
        - If it is interrupted it leaves an *invalid* index behind. Start with \`DROP INDEX CONCURRENTLY IF EXISTS\`, then it can be
          repeated. **Should.**
        `,
        read(
          'migrations/0121_booking_night_hut.sql',
          `
          1: CREATE INDEX CONCURRENTLY booking_night_hut_idx
          2:     ON booking (night_date, hut_id) WHERE cancelled_at IS NULL;
        `,
        ),
      ),
      you(`Both in. How do I see afterwards that it is valid?`),
      it(`
        \`\`\`sql
        SELECT indexrelid::regclass, indisvalid
          FROM pg_index WHERE indexrelid = 'booking_night_hut_idx'::regclass;
        \`\`\`

        \`t\` is what you want. **Approve.**
      `),
    ],
  },
  {
    title: 'Review: reminder mails after the clock change',
    agent: 'reviewer',
    project: 'trailhead',
    daysAgo: 4,
    at: '11:31',
    turns: [
      you(`Amara changed the reminder job while I was away. Her first pull request here, so be kind, but be right.`),
      it(
        `
        **What I like:** she found the same hour arithmetic that hid in \`availability.ts\`, wrote the failing test first, and named the
        bug number in it.

        **Should:** the job sends at 09:00 *server* time. A guest in Lisbon gets the mail at 08:00 in winter and at 09:00 in summer. The booking has
        the zone of the hut; use it.

        Nothing to block on.
        `,
        bash(
          'git diff main...amara/reminders --stat',
          `
           packages/core/src/reminders.ts      | 12 ++++++------
           packages/core/src/reminders.test.ts | 31 +++++++++++++++++++++++++++++++
        `,
        ),
      ),
      you(`Would the guest not expect her own time, where she lives, instead of the hut's?`),
      it(`
        Good question. We do not know where she lives, only the language of her browser, and people travel to huts by train the day before. The
        zone of the hut is the one clock that both sides can look up. I would keep it and say it in the mail: *"tomorrow, Andorra time"*.
      `),
      you(`You are right. I passed it on to her as a suggestion, and she took it.`),
      it(`**Approve.** Tell her that the test is a model for the others; I mean it.`),
    ],
  },
];
