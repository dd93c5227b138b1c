import { bash, edit, it, read, type SampleSession, task, you } from './sample-script.ts';

/** The same service, from the database upgrade on. */
export const TRAILHEAD_LATER_SESSIONS: readonly SampleSession[] = [
  {
    title: 'PostgreSQL 16 upgrade with Tomás',
    agent: 'plan',
    project: 'trailhead',
    daysAgo: 37,
    at: '11:05',
    turns: [
      you(`
        We upgrade PostgreSQL 15 to 16 on Tuesday at 06:00, Tomás and I. Write the runbook. Assume that one of us is tired and
        the other one is on a phone.
      `),
      it(`
        ## Runbook: PostgreSQL 15 to 16

        **Before (Monday)**
        1. Tomás: base backup, restore it on \`staging-b\`, run \`pnpm smoke\` against it.
        2. Nora: merge nothing after 17:00.

        **Tuesday**
        | time | who | what | how you know it worked |
        |---|---|---|---|
        | 06:00 | Tomás | maintenance page on | \`curl -I\` says 503 |
        | 06:05 | Tomás | \`pg_upgrade --link --check\` | last line: *Clusters are compatible* |
        | 06:10 | Tomás | \`pg_upgrade --link\` | exit code 0 |
        | 06:20 | Nora | \`ANALYZE\`, then the ten slowest queries | none over twice yesterday's time |
        | 06:40 | Nora | maintenance page off | a booking on the test hut |

        **Way back:** until the new cluster has started, start the old one. After that there is no way back except the backup, so nobody turns
        the page off alone.
      `),
      you(`Why --link and not a logical replica?`),
      it(`
        Because the database is 60 GB and the window is one hour. With hard links the upgrade takes minutes; a replica would be
        safer but needs a week of work for sequences and large objects. If we were ten times as big I would say the opposite.
      `),
      you(
        `Agreed. One more fact: from next month Tomás is on parental leave and Amara covers infra. Put her on the list.`,
      ),
      it(
        `Added: **Amara** reads along on Tuesday and keeps the runbook from then on. I also replaced "ask Tomás" by "ask infra" in three documents.`,
      ),
    ],
  },
  {
    title: 'Rate limits without Redis',
    agent: 'build',
    project: 'trailhead',
    daysAgo: 29,
    at: '13:40',
    turns: [
      you(
        `A partner hammers /availability with 90 requests a second. We need a rate limit per API key. You remember the rule about Redis.`,
      ),
      it(
        `
        I do: no second store without talking to infra, so here is one in PostgreSQL. A token bucket is one row per key and one
        statement per request:

        \`\`\`sql
        UPDATE api_key
           SET tokens = least(burst, tokens + rate * extract(epoch FROM now() - refilled)) - 1,
               refilled = now()
         WHERE id = $1
           AND least(burst, tokens + rate * extract(epoch FROM now() - refilled)) >= 1
        RETURNING tokens;
        \`\`\`

        No row back means: too many requests. Measured against staging it adds **0.4 ms** at 200 requests a second, and the table
        stays in memory.
        `,
        bash(
          'pnpm bench:limit --rate 200 --seconds 60',
          `
          12,000 requests  p50 0.31 ms  p99 1.9 ms  refused 6,041
        `,
        ),
      ),
      you(`What do we answer?`),
      it(`
        \`429\` with \`Retry-After\` in whole seconds, and the reason in the body:

        \`\`\`json
        { "error": "rate_limited", "retry_after": 2, "limit": "20 per second, bursts of 40" }
        \`\`\`

        The partner's client honours \`Retry-After\`; I looked it up in their SDK.
      `),
      you(`Ship it behind a flag, 40 burst, 20 per second. I'll tell Priya, she talks to the partner.`),
      it(
        `Behind \`RATE_LIMIT=observe\`: it counts and logs but refuses nothing. Set it to \`enforce\` when the partner knows.`,
        edit('apps/api/src/limits.ts', "mode: 'off'", "mode: env.RATE_LIMIT ?? 'observe'"),
      ),
    ],
  },
  {
    title: 'Cancellation rule: 72 hours',
    agent: 'build',
    project: 'trailhead',
    daysAgo: 11,
    at: '09:36',
    turns: [
      you(`
        The free cancellation changes from 48 to **72 hours** before arrival, for all huts. Priya decided it with the hut keepers
        yesterday. Bookings made before today keep 48.
      `),
      it(
        `
        So the rule belongs to the booking, not to the hut. I store the number of hours at the time of booking, and the check
        reads it from there:

        - new bookings get 72;
        - the 2,316 open ones keep 48, written by the migration;
        - the mail and the page read the stored number, so they can't disagree.
        `,
        edit('packages/core/src/cancellation.ts', 'const FREE_HOURS = 48;', 'const FREE_HOURS_NEW_BOOKINGS = 72;'),
        bash(
          'pnpm test cancellation',
          `
          Tests  27 passed (27)
        `,
        ),
      ),
      you(`And the hours count from when? Check-in is at 15:00 in most huts.`),
      it(`
        From **15:00 on the day of arrival in the time zone of the hut**, or the hut's own check-in hour where it has one. I added
        the two tests where it matters: a hut in Andorra booked from Lisbon, and the night of the clock change.
      `),
      you(`You thought of the clock change yourself. Nice.`),
      it(`It bit us once. I keep it on the list of things that bite.`),
    ],
  },
  {
    title: 'Slow search for free huts',
    agent: 'build',
    project: 'trailhead',
    daysAgo: 12,
    at: '10:12',
    turns: [
      you(
        `Searching free huts for a weekend in August takes 4 seconds. The explain output is in tmp/explain.txt. What would you do first?`,
      ),
      it(
        `
        First the obvious: it reads **all bookings of August** and throws 98 % away, because the index starts with \`hut_id\` and the
        query starts with the date.

        \`\`\`sql
        CREATE INDEX CONCURRENTLY booking_night_hut_idx
            ON booking (night_date, hut_id) WHERE cancelled_at IS NULL;
        \`\`\`

        On staging: **4.1 s to 38 ms**. It costs 70 MB of disk and nothing noticeable on writes.
        `,
        read(
          'tmp/explain.txt',
          `
          Seq Scan on booking  (cost=0.00..184211.40 rows=41220 width=48) (actual time=0.031..3987.114 rows=1204 loops=1)
            Filter: ((night_date >= '2027-08-01') AND (night_date < '2027-09-01') AND (cancelled_at IS NULL))
            Rows Removed by Filter: 6311882
        `,
        ),
        task(
          'Other slow searches',
          `Look at pg_stat_statements on staging and list the queries that filter bookings by night without hut.`,
          `
            Three statements filter by night alone: the search, the weekly report and the reminder job. The report runs once a week
            and takes 9 s, the reminder job 2 s a night. All three can use an index that starts with \`night_date\`.
          `,
          bash(
            'psql -c "select calls, mean_exec_time, left(query, 60) from pg_stat_statements order by 2 desc limit 5"',
            `
             calls | mean_exec_time | left
              1204 |         4012.8 | select h.id, h.name from hut h left join booking b on
                 4 |         9120.1 | with week as (select
          `,
          ),
        ),
      ),
      you(`Do it. Concurrently, and tell Amara before you run it in production.`),
      it(`
        The migration is ready and does not run by itself. The message for Amara:

        > A new index on \`booking\` (70 MB, built concurrently, about two minutes). It makes the hut search fast; the old index stays.
        > Is Wednesday at 07:00 good for you?
      `),
      you(`She says yes. Wednesday it is.`),
      it(`Written into the calendar file of the repo: index build, Wednesday 07:00, Amara watches, Nora merges.`),
    ],
  },
];
