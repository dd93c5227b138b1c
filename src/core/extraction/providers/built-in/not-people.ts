/** Words with a capital that are no person, whatever stands beside them. */
const WORDS = `
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
christmas easter ramadan diwali hanukkah halloween thanksgiving
i i'm i've i'll i'd we you he she it they my our your his her its their this that these those the a an and or but so if when while because since as for from with without into onto over under to of in on at by
who what where why how which whose someone somebody anyone anybody everyone everybody nobody no one none nothing something anything everything people folks others both each every all most many some few
yes no ok okay hi hello hey thanks thank please sorry sure great good morning evening today tomorrow yesterday now then here there also just only still always never maybe perhaps first second third next last finally
please let make use add fix write show give tell ask check run test look find get put take keep leave remove delete rename move change update create build start stop open close read set turn try explain list sort split merge push pull commit rebase deploy release ship draft send print format convert replace extract refactor review port migrate wrap revert undo redo continue go do does did don't is are was were be been has have had can could would should will shall may might must
marketing sales finance legal support engineering accounting procurement operations ops devops qa hr it design product management infra infrastructure security platform research logistics purchasing compliance backend frontend data team customer customers client clients user users boss manager management staff board company
production staging development dev ci cd api ui ux db sql html css json yaml xml csv pdf http https url uri id ids pr prs mr mrs todo readme changelog license makefile dockerfile
europe asia africa america germany france spain italy england britain uk us usa eu china japan india brazil canada mexico austria switzerland poland portugal sweden norway denmark finland ireland netherlands belgium russia ukraine turkey greece israel egypt kenya nigeria australia korea vietnam thailand indonesia
berlin london paris munich hamburg vienna zurich amsterdam rotterdam utrecht brussels madrid barcelona lisbon porto rome milan prague warsaw stockholm oslo copenhagen helsinki dublin manchester edinburgh bern basel geneva budapest bucharest athens istanbul moscow kyiv tokyo osaka kyoto beijing shanghai singapore sydney melbourne toronto montreal vancouver york boston chicago seattle austin dallas houston denver mumbai delhi bangalore lagos nairobi cairo dubai frankfurt cologne stuttgart lyon marseille graz
english german french spanish italian dutch portuguese polish russian turkish chinese japanese hindi arabic swedish danish norwegian finnish greek hebrew korean british american european swiss austrian nordics nordic
google microsoft amazon apple meta facebook twitter netflix ibm intel nvidia amd samsung sony siemens bosch linkedin youtube whatsapp telegram wikipedia reddit stackoverflow jetbrains mozilla redhat canonical adobe uber spotify airbnb visa mastercard bloomberg gartner
sherlock watson alexa siri cortana bard gemini copilot alfred jeeves dexter hal eliza
error warning exception null undefined true false none nan infinity string number integer object array list map dict class function method
mac windows linux android ios chrome safari firefox edge word excel outlook teams powerpoint acrobat oracle sap
god jesus christ christmas north south east west internet bluetooth wifi ethernet markdown latin roman
plan decision status rules rule note notes context background summary question answer deadline launch budget version release milestone sprint ticket issue epic bug feature task
`;

/** Methods that are called by those who found them. After a given name it is somebody else's name too. */
const SURNAMES = `
dijkstra fourier gauss bayes markov euler newton kalman levenshtein huffman turing laplace cauchy poisson bernoulli hamming boyer floyd warshall kruskal prim bellman lamport paxos raft fibonacci pascal monte carlo knuth conway mandelbrot perlin voronoi delaunay bezier bézier shannon nash pareto simpson holt winters student fisher pearson spearman wilcoxon mann whitney cohen murphy hofstadter brooks moore amdahl demeter liskov hungarian cartesian boolean unicode ascii utf gregorian
`;

const OF_METHODS: ReadonlySet<string> = new Set(SURNAMES.trim().split(/\s+/));
const NOT_PEOPLE: ReadonlySet<string> = new Set([...WORDS.trim().split(/\s+/), ...OF_METHODS]);

export function isNeverPerson(word: string): boolean {
  return NOT_PEOPLE.has(word.toLowerCase());
}

export function isSurname(word: string): boolean {
  return OF_METHODS.has(word.toLowerCase());
}
