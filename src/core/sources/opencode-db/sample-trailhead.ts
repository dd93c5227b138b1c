import { bash, edit, it, read, type SampleSession, task, you } from './sample-script.ts';

/** The product at work: a booking service for mountain huts. */
export const TRAILHEAD_SESSIONS: readonly SampleSession[] = [
  {
    title: 'First look at the trailhead repository',
    agent: 'plan',
    project: 'trailhead',
    daysAgo: 88,
    at: '09:04',
    turns: [
      you(`
        Morning. I'm Nora, I joined the backend team at Fernweh on Monday. This repo is the booking service for
        mountain huts. Give me a map of it: what talks to what, and where you would be careful.

        Two things about how I work: I prefer short answers with lists, and I use pnpm everywhere, never npm.
      `),
      it(
        `
        Welcome, Nora. The short version:

        - **\`apps/api\`**: Fastify, 41 routes. Thin; almost everything calls into \`packages/core\`.
        - **\`packages/core\`**: availability, bookings, prices. The only part with real rules in it.
        - **\`apps/worker\`**: nightly jobs (hut calendars, reminder mails, exports).
        - **PostgreSQL 15** is the only store. There is no Redis and no queue; jobs are rows in a \`job\` table.

        Where I would be careful:

        1. \`availability.ts\` mixes the date of the hut with the date of the server.
        2. Prices are integers in cents everywhere *except* in the export job.
        3. Nothing tests the \`job\` table under two workers at once.
        `,
        bash(
          'git log --oneline -5 && ls apps packages',
          `
          9c1f0aa Cache hut photos for a day
          4e2b7d1 Tomás: move backups to the second region
          c03d5a8 Reminder mails in the language of the guest
          77a90fe Fix double charge when the card needs 3-D Secure
          1b6e3d2 Hut calendars: accept iCal
          apps:
          api  worker
          packages:
          core  mail
        `,
        ),
      ),
      you(`Who should I ask about the job table? And why no Redis?`),
      it(
        `
        By the history, **Tomás** wrote the job table and owns everything in \`infra/\`. His commit message from last
        spring answers the second question:

        > Jobs are rows. One thing to back up, one thing to restore, one thing to wake up for at night.

        So I would treat "no Redis" as a decision, not as an omission, and ask him before adding a second store.
        `,
        bash(
          'git log --format="%an %s" -- packages/core/src/jobs.ts',
          `
          Tomás Ferreira Jobs are rows: one thing to back up, one thing to restore
          Tomás Ferreira Claim jobs with SKIP LOCKED
        `,
        ),
      ),
      you(`Good, I like that. Remember it: we don't add Redis without talking to Tomás.`),
      it(`Noted: **no Redis without Tomás**. If a task seems to need one, I will say so and propose a table first.`),
    ],
  },
  {
    title: 'Hut dates are off by one in winter',
    agent: 'build',
    project: 'trailhead',
    daysAgo: 85,
    at: '10:31',
    turns: [
      you(`
        A guest booked the Carlit hut for the 14th and got a confirmation for the 13th. Priya forwarded it, she is our
        product manager. Find out why before you change anything.
      `),
      it(
        `
        I can reproduce it. The night is stored as a timestamp at midnight **of the server** (UTC), then formatted in the
        time zone of the hut. For a hut east of Greenwich that is harmless, for one west of it the date moves back a day.

        The Carlit hut itself is fine; its *time zone* is wrong: \`America/Andorra\` does not exist, so the library fell back
        to the offset of the browser that created the hut.
        `,
        read(
          'packages/core/src/availability.ts',
          `
          31: export function nightOf(booking: Booking): string {
          32:   const instant = new Date(booking.night);
          33:   return formatInTimeZone(instant, booking.hut.timeZone, 'yyyy-MM-dd');
          34: }
        `,
        ),
        bash(
          'pnpm vitest run availability -t "west of Greenwich"',
          `
          FAIL  availability.test.ts > night of a hut west of Greenwich
          expected '2026-01-13' to be '2026-01-14'
        `,
        ),
      ),
      you(`
        A night is a date, not an instant. Store it as \`date\` and never convert it. Write the migration so that it can run
        while people are booking.
      `),
      it(
        `
        Done, in three steps so that it never locks the table for long:

        1. add \`night_date date\`, filled by a trigger for new rows;
        2. backfill in batches of 5,000 with a pause between them;
        3. a later deploy reads only \`night_date\`, and the one after that drops \`night\`.

        \`\`\`sql
        ALTER TABLE booking ADD COLUMN night_date date;
        UPDATE booking
           SET night_date = (night AT TIME ZONE hut_zone(hut_id))::date
         WHERE id > $1 AND id <= $2;
        \`\`\`

        41 stored nights change by this; I wrote their booking numbers to \`tmp/changed-nights.csv\` so that Priya can look at
        them before the second deploy.
        `,
        edit(
          'packages/core/src/availability.ts',
          'const instant = new Date(booking.night);',
          'return booking.nightDate;',
        ),
        bash(
          'pnpm test',
          `
          Test Files  63 passed (63)
               Tests  418 passed (418)
        `,
        ),
      ),
      you(`Perfect. And please put tests beside the source from now on, I never want a __tests__ folder.`),
      it(
        `Moved the new test to \`packages/core/src/availability.test.ts\`, and I will keep tests beside what they test.`,
      ),
    ],
  },
  {
    title: 'Plan: offline maps for the alpine club beta',
    agent: 'plan',
    project: 'trailhead',
    daysAgo: 70,
    at: '14:15',
    turns: [
      you(`
        Priya promised the alpine club a beta with offline maps. The deadline is the last Friday of next month and it will not
        move. Wei does the app side. What is the smallest thing on the server that works?
      `),
      it(
        `
        The smallest thing that works is **static files and one endpoint**:

        | piece | what it does | effort |
        |---|---|---|
        | tile bundles | one file per region, built at night by the worker | 3 days |
        | \`GET /regions\` | name, bounds, version, size, checksum | half a day |
        | range requests | the app resumes a broken download | free, the file server does it |

        I would leave out for the beta: diffs between versions, routing, contour lines. A bundle of the Pyrenees is about
        180 MB, a full new download each month is acceptable for forty testers.

        **Risk:** the elevation data. Its licence asks for attribution *in* the map, not only on a web page.
        `,
        task(
          'Check tile licences',
          `Read the licence files of the three tile sources under data/sources and say what each asks of an app that ships tiles offline.`,
          `
            - \`osm\`: attribution visible on the map, share-alike on the database.
            - \`copernicus-dem\`: attribution, and a notice that the data was modified.
            - \`swisstopo\`: free since 2021, attribution.

            None forbids shipping tiles. All three want to be named **on the map**.
          `,
          bash(
            'ls data/sources && head -3 data/sources/*/LICENSE',
            `
            copernicus-dem  osm  swisstopo
          `,
          ),
        ),
      ),
      you(`Do the bundles have to be one file? Wei says downloads on trains break all the time.`),
      it(`
        One file is still right. With range requests a broken download continues where it stopped, and one checksum at the end
        is easier to trust than four thousand small ones. I would give Wei:

        \`\`\`http
        GET /bundles/pyrenees-v7.pmtiles
        Range: bytes=88080384-
        If-Range: "v7-5f1c"
        \`\`\`

        If the version changed in between, \`If-Range\` gives her the whole new file instead of a mixture of two.
      `),
      you(`
        Decided then: one file per region, PMTiles, range requests. Copy that into docs/decisions. I'll build the worker part
        myself next week.
      `),
      it(
        `Written as \`docs/decisions/0014-offline-bundles.md\`, with what we left out and why, and the deadline at the top.`,
      ),
    ],
  },
  {
    title: 'Build tile bundles in the nightly worker',
    agent: 'build',
    project: 'trailhead',
    daysAgo: 61,
    at: '08:50',
    turns: [
      you(`Implement decision 0014, the worker part. A job per region, and it must survive being killed halfway.`),
      it(
        `
        Built as a job that can be repeated at any point:

        - it writes \`pyrenees-v7.pmtiles.part\`, and renames only when the checksum is right;
        - a second worker that claims the same region sees the lock of the first and goes on to another;
        - a killed run leaves a \`.part\` file, which the next one deletes.

        A bundle of the Pyrenees took **11 minutes** and 240 MB of memory on my sample data.
        `,
        bash(
          'pnpm --filter worker bundle pyrenees --sample',
          `
          tiles 41,220  bytes 181.4 MB  elapsed 11m02s  peak 238 MB
          sha256 5f1c…e07a  renamed pyrenees-v7.pmtiles
        `,
        ),
        bash(
          'kill -9 %1; pnpm --filter worker bundle pyrenees --sample | head -2',
          `
          found pyrenees-v7.pmtiles.part from a run that did not end, removing it
          tiles 0 …
        `,
        ),
      ),
      you(`11 minutes is too slow if a region changes during the day. Where does the time go?`),
      it(
        `
        In compressing, one tile after the other on one core. With a pool of four it is down to **3 min 10 s**, and memory
        stays under 300 MB because tiles are handed over in batches of 256.

        I did not go further: after that the disk is the limit.
        `,
        edit(
          'apps/worker/src/bundle.ts',
          'for (const tile of tiles) await write(gzip(tile));',
          'await pool(tiles, { size: 4, batch: 256 }, write);',
        ),
      ),
      you(`Good. Commit it in small commits please, with the reason in the message and not the what.`),
      it(
        `
        Three commits:

        1. *A bundle that dies halfway must not look finished*
        2. *Two workers must never build the same region*
        3. *Testers wait for bundles, so use all cores*
        `,
        bash(
          'git log --oneline -3',
          `
          e41a7c9 Testers wait for bundles, so use all cores
          b2096d4 Two workers must never build the same region
          7f3c1e8 A bundle that dies halfway must not look finished
        `,
        ),
      ),
    ],
  },
  {
    title: 'Flaky test on the night the clocks change',
    agent: 'build',
    project: 'trailhead',
    daysAgo: 45,
    at: '16:22',
    turns: [
      you(`\`availability.test.ts\` failed in CI twice and passes here. I don't want a retry, I want the reason.`),
      it(
        `
        The reason is the clock. The test books "tonight" and the night of the change to winter time has 25 hours, so
        \`start + 24 h\` is still the same date. It fails only when CI runs in the first hour of that day, in the zone of the hut.

        I can make it fail every time with a fixed clock:

        \`\`\`ts
        vi.setSystemTime(new Date('2025-10-25T22:30:00Z'));
        expect(nextNight('Europe/Andorra')).toBe('2025-10-27');
        \`\`\`

        So it is a real bug, not only a flaky test: a guest who books at half past midnight that night gets the wrong date.
        `,
        bash(
          'TZ=UTC pnpm vitest run availability --repeat 50',
          `
          50 runs, 2 failures, both with the clock before 01:00 Europe/Andorra
        `,
        ),
      ),
      you(`Ha. Fix it with dates, not hours, and keep the test with the fixed clock.`),
      it(
        `Fixed: the next night is the next **calendar date**, hours are not involved any more. The test with the fixed clock stays and fails without the change.`,
        edit('packages/core/src/availability.ts', 'new Date(start.getTime() + 24 * HOUR)', 'addDays(start, 1)'),
      ),
      you(`Are there other places that add 24 hours?`),
      it(
        `
        Two, and both matter:

        - \`reminders.ts\`: the mail "your stay begins tomorrow" goes out a day late twice a year.
        - \`exports.ts\`: the daily export of that Sunday has one hour twice.

        I fixed the first the same way. The second belongs to accounting, so I only opened an issue for them.
        `,
        bash(
          'rg -n "24 \\* HOUR|86400" packages apps',
          `
          packages/core/src/reminders.ts:58
          apps/worker/src/exports.ts:112
        `,
        ),
      ),
    ],
  },
];
