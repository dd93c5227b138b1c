/** What web pages and their servers are made with, checked and built. */
export const WEB = `
ReactJS|react.js|reactjs
Vue|vue.js|vuejs
Nuxt|nuxt.js|nuxtjs
Next.js|nextjs
Svelte
SvelteKit
SolidJS|solid.js
Angular|angularjs
Ember.js
Preact
Alpine.js|alpinejs
htmx
jQuery
Lit
Astro
Gatsby
Qwik
Eleventy|11ty
Hugo
Jekyll
Docusaurus
VitePress
MkDocs
Sphinx
Redux|redux toolkit
Zustand
MobX
Jotai
RxJS
TanStack Query|react query
TanStack Router
TanStack
React Router
Apollo
Relay
tRPC
gRPC
Protobuf|protocol buffers|protobufs
OpenAPI
Swagger
WebSocket|websockets
WebRTC
MQTT
AMQP
OAuth|oauth2|oauth 2.0
OpenID Connect|oidc
SAML
LDAP
Express.js|expressjs
Fastify
NestJS|nest.js
Hono
Koa
hapi
AdonisJS
Remix
Strapi
Sanity
Contentful
Payload CMS
Directus
Ghost CMS
Shopify
Prisma
Drizzle|drizzle orm
TypeORM
Sequelize
Knex
Mongoose
Zod
valibot
Yup
Ajv
Tailwind CSS|tailwind|tailwindcss
Bootstrap
Bulma
Material UI|mui
Chakra UI|chakra
shadcn/ui|shadcn
Radix UI|radix
styled-components
PostCSS
Storybook
Figma
D3.js|d3
Chart.js|chartjs
ECharts
Leaflet
Mapbox
OpenStreetMap
MapLibre
Lodash
Axios
date-fns
Moment.js|momentjs
Luxon
i18next
Vite
Vitest
webpack
Rollup
esbuild
Rolldown
SWC
Parcel
Turbopack
Turborepo
Nx
Lerna
Babel
ESLint
Prettier
Biome
oxlint
Stylelint
Husky
lint-staged
Commitlint
Jest
Mocha
Jasmine
Karma
Cypress
Playwright
Puppeteer
Selenium
WebdriverIO
Testing Library
MSW
axe-core
fast-check
npm
pnpm
Yarn
Corepack
nvm
Volta
Electron
Electron Forge
Socket.IO|socket.io
ProseMirror
TipTap
CodeMirror
Monaco|monaco editor
Lexical
IndexedDB
Web Workers
Service Workers
Lighthouse
Cheerio
Pug
Handlebars
Mustache
EJS
Jinja|jinja2
Liquid
Twig
`;

export const WEB_WORDS = `
React|react
Express
Ember
Nest
Backbone
Ghost
`;
