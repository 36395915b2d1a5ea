#!/bin/sh
# Prints what docker-compose.yml takes from its environment, every secret made at random. Run it once and keep what it prints: without the
# master key the stored secrets cannot be read.
#   sh deploy/generate-env.sh > .env
set -eu

random() { openssl rand -base64 "$1" | tr -d '\n'; }
# Letters and digits only: it stands inside a connection string, and SQL Server asks for three kinds of characters.
password() { printf 'Aa1%s' "$(openssl rand -hex 20)"; }

cat << END
WEBHOOKS_MASTER_KEY=$(random 32)
WEBHOOKS_BOOTSTRAP_KEY=$(openssl rand -hex 32)
WEBHOOKS_PROMETHEUS_KEY=$(openssl rand -hex 32)
WEBHOOKS_DATABASE_PASSWORD=$(password)
WEBHOOKS_SUBSCRIBER_SECRET=whsec_$(random 32)
END
