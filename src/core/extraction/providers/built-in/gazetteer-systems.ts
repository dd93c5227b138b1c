/** Databases, queues, systems, clouds, tools and services. */
export const SYSTEMS = `
PostgreSQL|postgres|postgresql|psql
MySQL
MariaDB
SQLite|sqlite3
SQL Server|mssql|ms sql
MongoDB|mongo
Redis
Valkey
Memcached
Cassandra
ScyllaDB
DynamoDB
CouchDB
CouchBase
Firestore
Firebase
Supabase
PlanetScale
Neon
Turso
CockroachDB
TimescaleDB|timescale
InfluxDB
ClickHouse
DuckDB
BigQuery
Redshift
Databricks
Elasticsearch|elastic search
OpenSearch
Solr
Meilisearch
Typesense
Algolia
Neo4j
Pinecone
Qdrant
Weaviate
Milvus
pgvector
PostGIS
Kafka|apache kafka
RabbitMQ
NATS
ActiveMQ
ZeroMQ
Pulsar
Kinesis
Debezium
dbt
Airflow|apache airflow
Dagster
Prefect
Hadoop
Spark|apache spark|pyspark
Flink
Parquet
Fivetran
Airbyte
Metabase
Tableau
Power BI|powerbi
Looker
Superset
Grafana
Prometheus
Loki
Kibana
Logstash
Datadog
New Relic
Sentry
Honeycomb
OpenTelemetry|otel
Jaeger
PagerDuty
Opsgenie
Docker
Docker Compose|docker-compose
Podman
Kubernetes|k8s
k3s
OpenShift
Rancher
Istio
Linkerd
Argo CD|argocd
Flux CD|fluxcd
Terraform
OpenTofu
Pulumi
CloudFormation
Ansible
Puppet
SaltStack
Vagrant
Packer
Consul
HashiCorp Vault
nginx
Apache|apache httpd
Caddy
Traefik
HAProxy
Envoy
Varnish
Cloudflare
Cloudflare Workers
Fastly
AWS|amazon web services
AWS Lambda
EC2
S3
RDS
ECS
EKS
SQS
CloudFront
CloudWatch
IAM
Azure
Azure DevOps
Google Cloud|gcp
Cloud Run
App Engine
Heroku
Vercel
Netlify
Fly.io|flyio
Render.com
Railway.app
Hetzner
DigitalOcean
Linode
OVH|ovhcloud
Scaleway
Proxmox
VMware
VirtualBox
QEMU
KVM
Hyper-V
LXC
Linux
Debian
Ubuntu
Fedora
RHEL|red hat enterprise linux
CentOS
Rocky Linux
AlmaLinux
Arch Linux
Alpine Linux
NixOS
openSUSE
Gentoo
FreeBSD
OpenBSD
Raspberry Pi OS
macOS|os x|mac os
WSL|wsl2
Unix
Raspberry Pi
Arduino
ESP32
ESP8266
STM32
STM32F4
STM32F1
STM32H7
RP2040
ESP-IDF
PlatformIO
FreeRTOS
Zephyr
Yocto
Buildroot
Home Assistant
Zigbee
Modbus
CAN bus
EtherCAT
PROFINET
OPC UA
BACnet
Beckhoff
ROS|ros2|ros 2
Gazebo
Jetson
Steam Deck
LoRa|lorawan
Bluetooth|ble
systemd
Git
GitHub
GitHub Actions
GitHub Copilot|copilot
GitLab
GitLab CI
Gerrit
Bitbucket
Gitea
Forgejo
Codeberg
Subversion|svn
Mercurial
Perforce
Jenkins
CircleCI
Travis CI
TeamCity
Buildkite
Drone CI
Dependabot
SonarQube
Codecov
Jira
Confluence
Trello
Asana
ClickUp
Slack
Discord
Mattermost
Microsoft Teams|ms teams
Zoom
Google Docs
Google Sheets
Google Drive
SharePoint
Microsoft 365|office 365
Outlook
Salesforce
HubSpot
SAP
Odoo
Stripe
PayPal
Adyen
Twilio
SendGrid
Mailchimp
Postmark
Zapier
n8n
Airtable
Auth0
Okta
Keycloak
Clerk.dev
Active Directory
Kerberos
Let's Encrypt
OpenSSL
OpenSSH
WireGuard
OpenVPN
Tailscale
pfSense
Nextcloud
Samba
NFS
ZFS
Btrfs
Ceph
MinIO
rsync
restic
Slurm
LSF
MPI
OpenMP
apt
Homebrew|brew
Chocolatey
winget
pacman
Flatpak
VS Code|vscode|visual studio code
Visual Studio
IntelliJ|intellij idea
PyCharm
WebStorm
JetBrains
Neovim|nvim
Vim
Emacs
Sublime Text
Helix
tmux
NVDA
JAWS
VoiceOver
TalkBack
FFmpeg
ImageMagick
GStreamer
Blender
Inkscape
Photoshop
AutoCAD
FreeCAD
KiCad
Obsidian
Postman
curl
wget
jq
ripgrep
fzf
OpenAI
ChatGPT
GPT-4
GPT-5
Claude Code
Claude
Anthropic
Gemini
Mistral
Llama
Ollama
LM Studio
llama.cpp
vLLM
OpenRouter
OpenCode
Codex
BERT
Whisper
Stable Diffusion
MLflow
Pandoc
Tesseract
PDF.js
Chromium
Google Chrome
Firefox
Safari
Internet Explorer|ie11
`;

export const SYSTEM_WORDS = `
Oracle
Snowflake
Nomad
Chef
Salt
Vault
Helm|helm
Flux
Argo
Travis
Excel|excel
Word
Outlook
Windows|windows
Chrome
Edge
Linear
Notion
Cursor
Render
Railway
Hive
Presto
Trino
Arch
Alpine
Samba
Amplitude
Mixpanel
Miro
Netbox
Pulsar
Zoom
Ninja
Meson
Copilot
Bert
`;
