import { bash, edit, it, read, type SampleSession, task, you } from './sample-script.ts';

/** The mobile app: first Wei's, later Sana's; Nora helps where it touches the server. */
export const APP_SESSIONS: readonly SampleSession[] = [
  {
    title: 'Resume broken bundle downloads',
    agent: 'build',
    project: 'trailhead-app',
    daysAgo: 52,
    at: '10:20',
    turns: [
      you(`
        I'm in the app repository now, Wei showed me around. We download region bundles of 180 MB. Make a broken download continue where
        it stopped. I know React Native a little, explain the parts that are special.
      `),
      it(
        `
        Three parts:

        - **\`BundleDownload\`** keeps \`{ region, etag, received }\` on disk after each megabyte.
        - On start it asks for \`Range: bytes=received-\` with \`If-Range: etag\`. **206** continues, **200** starts over.
        - At the end it compares the checksum *before* the map may open the file.

        Special in React Native: while the app is in the background, iOS gives you about 30 seconds. So the download itself is handed to the system
        (\`background-downloader\`), and our code only wakes up for the result.
        `,
        bash(
          'pnpm test bundle',
          `
          PASS src/offline/bundle-download.test.ts (9 tests)
        `,
        ),
      ),
      you(`What if the phone is full?`),
      it(
        `
        Then it says so *before* it starts: size of the bundle plus 10 % against the free space. If it fills up on the way, the part that was received
        stays, and the message names how much must be freed.

        > **Not enough space for the Pyrenees.** 198 MB needed, 120 MB free.
        `,
        edit(
          'src/offline/bundle-download.ts',
          'await start(region)',
          'await ensureSpace(region.bytes * 1.1);\\n  await start(region)',
        ),
      ),
      you(`Good wording. Wei will love that it names the region.`),
      it(
        `I used the wording of the other messages in the app: what happened first, numbers second, no exclamation marks.`,
      ),
    ],
  },
  {
    title: 'Map attribution for the beta',
    agent: 'build',
    project: 'trailhead-app',
    daysAgo: 22,
    at: '15:33',
    turns: [
      you(`
        The licences want to be named on the map. Hanna drew it: a small line bottom right that opens a sheet. News: **Wei moved to the platform team,
        Sana does the app from this week.** So write it for Sana to read.
      `),
      it(
        `
        The line is there on every map, also in screenshots people share: **© OpenStreetMap, Copernicus, swisstopo**. The sheet has the full texts from
        \`LICENSES.json\`, which the bundle job writes, so a new source can't be forgotten.

        For Sana I put a comment where it matters: why the line may not be hidden, with a link to decision 0014.
        `,
        read(
          'src/map/attribution.tsx',
          `
          12: // The licences ask to be named on the map itself: docs/decisions/0014-offline-bundles.md
        `,
        ),
        task(
          'Contrast of the attribution line',
          `Measure the contrast of the attribution line against the lightest and the darkest tile in light and dark mode.`,
          `
            - light mode, snow tile: **2.9 : 1**, too low
            - light mode, forest tile: 6.1 : 1
            - dark mode, both: above 7 : 1

            A half-transparent ground behind the text brings snow to 5.4 : 1.
          `,
          bash(
            'pnpm contrast src/map/attribution.tsx',
            `
            snow/light 2.9  forest/light 6.1  snow/dark 7.8  forest/dark 9.2
          `,
          ),
        ),
      ),
      you(`Use the ground, and check with Hanna's tokens that it is the same one as under the scale bar.`),
      it(`It is: \`surface.map.label\`. The scale bar and the line now share it, 5.4 : 1 on snow.`),
    ],
  },
  {
    title: 'Plan: what goes wrong on the day of the beta',
    agent: 'plan',
    project: 'trailhead-app',
    daysAgo: 9,
    at: '16:10',
    turns: [
      you(`
        The beta is on Friday, forty people of the alpine club. Sana, Priya, Amara and I sit in one room. What goes wrong, and what do we prepare?
      `),
      it(`
        | what goes wrong | how likely | prepare |
        |---|---|---|
        | 40 downloads at once in a hut with one router | very | ask them to load at home; the mail goes out on Wednesday |
        | an old phone without space | likely | the message names the megabytes; Sana has two old phones on the table |
        | a wrong hut date | unlikely | the 41 changed bookings were checked by Priya |
        | the server is slow | unlikely | Amara watches, the index is in since Wednesday |
        | nobody knows whom to tell | always | one address, Priya reads it, answers within the hour |

        I would not deploy on Thursday. Whatever is missing by Wednesday evening is missing in the beta.
      `),
      you(`"Nobody knows whom to tell: always." True. Freeze on Wednesday 18:00 then.`),
      it(`
        Freeze on **Wednesday 18:00**, written at the top of the plan. Exceptions: only something that loses data, and two of you have to agree.
      `),
      you(`Thanks. This is the first release where I am not nervous.`),
      it(`You tested the breaking downloads on a real train. That is usually the difference.`),
    ],
  },
  {
    title: 'Beta feedback, first evening',
    agent: 'build',
    project: 'trailhead-app',
    daysAgo: 2,
    at: '17:05',
    turns: [
      you(
        `34 of 40 installed it, 6 messages came in. They are in feedback.txt. Sort them for Sana and me: bug, wish, misunderstanding.`,
      ),
      it(
        `
        **Bugs (2)**
        1. Download stuck at 99 % on Android 12: the checksum runs on the main thread and the system kills it. *Sana*
        2. The hut "Refuge d'Ilhéou" shows a question mark in its name: the tile bundle was written as Latin-1. *Nora*

        **Wishes (3)**
        - show the way down in bad weather, twice
        - a list of the huts in the bundle without the map

        **Misunderstanding (1)**
        - "Maps cost money": the person was on the web page of another app

        The first bug has everything that is needed to reproduce it, including a screen recording.
        `,
        read(
          'feedback.txt',
          `
          1: Bonjour, le téléchargement reste à 99 % sur mon Samsung (Android 12). Vidéo jointe.
          2: Refuge d'Ilh?ou ??
          3: Great! Could you show an escape route for bad weather?
          4: Liste der Hütten ohne Karte wäre schön.
        `,
        ),
      ),
      you(`Answer the French one in French, friendly, and fix my bug. Sana takes the other.`),
      it(
        `
        > Bonjour, merci beaucoup pour la vidéo, elle montre exactement le problème. Nous l'avons trouvé et la correction arrive lundi.
        > Bonne montagne, Nora

        And the name: the bundle job read the hut list with the encoding of the machine. It is UTF-8 now, with **Ilhéou** as the test.
        `,
        edit('apps/worker/src/hut-names.ts', "readFileSync(path, 'latin1')", "readFileSync(path, 'utf8')"),
        bash(
          'pnpm test hut-names',
          `
          ok  a name with an accent survives the bundle
        `,
        ),
      ),
      you(`After six, I stop here. Good evening.`),
      it(`Good evening, Nora. The branch is pushed; nothing is waiting for you.`),
    ],
  },
  {
    title: 'Try: map tiles as vector (abandoned)',
    agent: 'build',
    project: 'trailhead-app',
    daysAgo: 66,
    at: '13:00',
    archived: true,
    turns: [
      you(`An hour for an experiment: vector tiles instead of images. Stop me after an hour.`),
      it(
        `
        It works on the emulator, 60 MB instead of 181 MB for the same region. On Wei's test phone (four years old) panning drops to **11 frames a
        second** because of the contour lines.
        `,
        bash(
          'pnpm perf:pan --device wei-pixel-4a',
          `
          frames 11/s  jank 64 %  memory 512 MB
        `,
        ),
      ),
      you(`That is the hour. Images for the beta, vectors another day. Archive this.`),
      it(
        `Archived, with the figures in \`docs/experiments/vector-tiles.md\` so that the next person starts where we stopped.`,
      ),
    ],
  },
];
