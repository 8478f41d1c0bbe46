#!/bin/sh
# The tests look at pages in a real browser and read PDFs with poppler; Debian's packages serve where they are missing.
set -e
command -v chromium >/dev/null && command -v pdftotext >/dev/null && exit 0
echo "installing chromium and poppler-utils for the tests"
run() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
run apt-get update -qq
run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium poppler-utils >/dev/null
